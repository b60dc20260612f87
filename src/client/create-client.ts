import { headers } from "../contract/http/headers.ts";
import type { Route } from "../contract/http/route.ts";
import { CallFailure } from "./call-failure.ts";
import { checkRequest } from "./check-request.ts";
import { pause } from "./pause.ts";
import { readFailure } from "./read-failure.ts";
import { readRetryAfter, retryDelay } from "./retry-delay.ts";
import type { AnswerOf, PlainRequest, RequestArguments } from "./route-types.ts";
import { openOnce, type Sender, sendOnce } from "./send-once.ts";

/** What a client is made of; only `url` must be told. */
export interface ClientOptions {
  /** Where the registry is, with or without a path: `https://registry.example.com`. */
  url: string;
  /** Sent as `Authorization: Bearer …`. */
  token?: string;
  fetch?: typeof fetch;
  userAgent?: string;
  /** For one try, body included. Default 30 s. */
  timeoutMs?: number;
  /** Tries of an idempotent call that is answered 429 or 503. Default 3. */
  tries?: number;
  /** Reads ask for a state at least this new, as after a write of this `seq`. */
  minSeq?: number;
  /** Told of every answer that is no failure, for what its headers say (`Callsheet-Stale`, `Deprecation`). */
  onAnswer?: (answer: { route: Route; status: number; headers: Headers }) => void;
}

/** A registry's routes as functions. It remembers its own writes: what it wrote, it reads. */
export interface Client {
  readonly url: string;
  /** The highest `Callsheet-Seq` among its writes; 0 before the first. */
  readonly seq: number;
  /** Calls a route; the answer is parsed by the route's schema. Throws `CallFailure`, or what `signal` was aborted with. */
  call<R extends Route>(route: R, ...request: RequestArguments<R>): Promise<AnswerOf<R>>;
  /** Calls a route and gives the answer's body as text, for other media types than JSON (say which by the `accept` header). */
  text<R extends Route>(route: R, ...request: RequestArguments<R>): Promise<string>;
  /** Calls a route once and gives the answer as soon as it begins, its body still to be read: files, streams of events. */
  open<R extends Route>(route: R, ...request: RequestArguments<R>): Promise<Response>;
}

const defaultTimeoutMs = 30_000;
const defaultTries = 3;

/** Makes a client that needs nothing but `fetch`: it runs in Node, in browsers and in Workers. */
export function createClient(options: ClientOptions): Client {
  const url = options.url.replace(/\/+$/, "");
  const sender: Sender = {
    url,
    // Browsers and Workers refuse a `fetch` that was taken off its global and is called as a method of something else.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    headers: {
      ...(options.userAgent === undefined ? {} : { "user-agent": options.userAgent }),
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
    },
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
  };
  let seq = options.minSeq ?? 0;

  async function exchange(route: Route, request: PlainRequest): Promise<{ status: number; text: string }> {
    const checked = checkRequest(route, request);
    const isWrite = route.access !== "read" && route.method !== "GET";
    const maxTries = route.method !== "POST" || request.isIdempotent === true ? (options.tries ?? defaultTries) : 1;
    for (let attempt = 1; ; attempt++) {
      const minSeq: Record<string, string> = isWrite || seq === 0 ? {} : { [headers.minSeq]: String(seq) };
      const answer = await sendOnce(sender, route, checked, { ...request, headers: { ...minSeq, ...request.headers } });
      if (answer.status >= 200 && answer.status < 300) {
        if (isWrite) seq = Math.max(seq, Number(answer.headers.get(headers.seq) ?? 0) || 0);
        options.onAnswer?.({ route, status: answer.status, headers: answer.headers });
        return answer;
      }
      const retryAfterSeconds = readRetryAfter(answer.headers.get("retry-after"), Date.now());
      const mayPass = answer.status === 429 || answer.status === 503;
      const delayMs = mayPass && attempt < maxTries ? retryDelay(attempt + 1, retryAfterSeconds) : null;
      if (delayMs === null) throw readFailure(url, answer, retryAfterSeconds);
      await pause(delayMs, request.signal);
    }
  }

  return {
    url,
    get seq() {
      return seq;
    },
    async call<R extends Route>(route: R, ...[request]: RequestArguments<R>): Promise<AnswerOf<R>> {
      const { status, text } = await exchange(route, request ?? {});
      const schema = status === 200 || status === 201 || status === 202 ? route.answers[status]?.schema : undefined;
      const parsed = schema?.safeParse(readJson(text));
      if (parsed?.success) {
        // The schema is the one that AnswerOf names, but the compiler cannot follow a status known only at run time.
        return parsed.data as AnswerOf<R>;
      }
      const where = parsed?.error.issues[0]?.path.join(".");
      const what = `${url} answered ${status} to ${route.operationId} with a body that is not what the contract says`;
      throw new CallFailure(
        `${what}${where ? ` (at ${where})` : ""}; is it a Callsheet registry of this release?`,
        { kind: "unreadable", status },
        parsed?.error,
      );
    },
    async text<R extends Route>(route: R, ...[request]: RequestArguments<R>): Promise<string> {
      return (await exchange(route, request ?? {})).text;
    },
    async open<R extends Route>(route: R, ...[request]: RequestArguments<R>): Promise<Response> {
      const plain: PlainRequest = request ?? {};
      const response = await openOnce(sender, route, checkRequest(route, plain), plain);
      if (response.ok) return response;
      const { status, headers: told } = response;
      const answer = { status, headers: told, text: await response.text().catch(() => "") };
      throw readFailure(url, answer, readRetryAfter(told.get("retry-after"), Date.now()));
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
