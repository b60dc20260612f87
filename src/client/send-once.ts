import type { Route } from "../contract/http/route.ts";
import { CallFailure } from "./call-failure.ts";
import type { CheckedRequest } from "./check-request.ts";
import type { CallOptions } from "./route-types.ts";

/** What stays the same over a client's calls. */
export interface Sender {
  url: string;
  fetch: typeof fetch;
  headers: Record<string, string>;
  timeoutMs: number;
}

/** An answer, read to its end. */
export interface RawAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** One try of a call: any status is an answer; no answer is a `CallFailure`. */
export async function sendOnce(
  sender: Sender,
  route: Route,
  request: CheckedRequest,
  options: CallOptions,
): Promise<RawAnswer> {
  const timeoutMs = options.timeoutMs ?? sender.timeoutMs;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await exchange(sender, route, request, options, timeout);
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (cause) {
    throw noAnswer(sender, route, options, timeout.aborted ? timeoutMs : null, cause);
  }
}

/** The same, its body left to be read; the time allowed is for the answer to begin, since its body may take as long as it likes. */
export async function openOnce(
  sender: Sender,
  route: Route,
  request: CheckedRequest,
  options: CallOptions,
): Promise<Response> {
  const timeoutMs = options.timeoutMs ?? sender.timeoutMs;
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  try {
    return await exchange(sender, route, request, options, timeout.signal);
  } catch (cause) {
    throw noAnswer(sender, route, options, timeout.signal.aborted ? timeoutMs : null, cause);
  } finally {
    clearTimeout(timer);
  }
}

function exchange(
  sender: Sender,
  route: Route,
  request: CheckedRequest,
  options: CallOptions,
  timeout: AbortSignal,
): Promise<Response> {
  return sender.fetch(sender.url + request.target, {
    method: route.method,
    headers: {
      accept: "application/json",
      ...(request.contentType === undefined ? {} : { "content-type": request.contentType }),
      ...sender.headers,
      ...options.headers,
    },
    ...(request.body === undefined ? {} : { body: request.body }),
    signal: options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]),
  });
}

/** What to throw when nothing came back: what the caller aborted with, else why there was no answer. */
function noAnswer(
  sender: Sender,
  route: Route,
  options: CallOptions,
  exceededMs: number | null,
  cause: unknown,
): unknown {
  if (options.signal?.aborted) return options.signal.reason;
  if (exceededMs !== null) {
    return new CallFailure(
      `${sender.url} did not answer ${route.operationId} within ${exceededMs / 1000} s; try again, or allow more time`,
      { kind: "timed_out", timeoutMs: exceededMs },
      cause,
    );
  }
  return new CallFailure(unreachableText(sender.url, cause), { kind: "unreachable" }, cause);
}

/** Why there is no connection. Node puts what went wrong below the `TypeError: fetch failed`, several addresses of a host as an AggregateError below that. */
export function unreachableText(url: string, cause: unknown): string {
  const causes = [cause, below(cause, "cause"), below(below(below(cause, "cause"), "errors"), "0")];
  const code = causes.map((one) => below(one, "code")).find((one) => typeof one === "string");
  if (code === "ECONNREFUSED") return `no registry answers at ${url}; is \`npm start\` running?`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `the host of ${url} is not known; check the URL`;
  const detail = causes.map((one) => below(one, "message")).findLast((one) => typeof one === "string" && one !== "");
  return `no connection to ${url}: ${typeof detail === "string" ? detail : String(cause)}`;
}

function below(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
