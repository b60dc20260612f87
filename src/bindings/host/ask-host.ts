import type { z } from "zod";
import { type HostAccess, HostAway, HostRefusal } from "./host-client.ts";

/** A host that takes longer is tried again later. */
const timeoutMs = 20_000;

/** One request to a host's API. Answers what is not refused; redirects are refused, so that no host sends us elsewhere. */
export async function askHost(
  access: HostAccess,
  path: string,
  init: { headers: Record<string, string>; method?: string; body?: string },
): Promise<Response> {
  const url = `${access.apiUrl.replace(/\/+$/, "")}${path}`;
  const what = `${init.method ?? "GET"} ${path.split("?")[0] ?? path} at ${new URL(url).host}`;
  const response = await send(access, url, what, init);
  const { status } = response;
  if (status >= 200 && status < 300) return response;
  const told = await messageOf(response);
  if (status >= 500 || status === 429 || isRateLimit(response)) {
    const wait = retryAfterSeconds(response.headers, access.nowMs());
    throw new HostAway(`${what} was answered ${status}${told}`, wait);
  }
  if (status >= 300 && status < 400) {
    throw new HostRefusal(`${what} was answered by a redirect; was the repository renamed? Change the source`, status);
  }
  throw new HostRefusal(`${what} was answered ${status}${told}${adviceOf(status, access)}`, status);
}

/** The JSON of an answer, as `schema` reads it. */
export async function readHostJson<Schema extends z.ZodType>(
  response: Response,
  schema: Schema,
): Promise<z.output<Schema>> {
  try {
    return schema.parse(JSON.parse(await response.text()));
  } catch (error) {
    // Cut off on its way, or not the API at all.
    throw new HostAway(`${response.url || "the host"} was not answered as its API is: ${String(error).slice(0, 200)}`);
  }
}

async function send(access: HostAccess, url: string, what: string, init: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await access.fetch(url, { ...init, redirect: "manual", signal });
  } catch {
    // Why a connection failed differs between runtimes: that it did is what counts.
    throw new HostAway(
      `${what} ${signal.aborted ? `was not answered within ${timeoutMs / 1000} s` : "was not answered"}`,
    );
  }
}

/** GitHub refuses by 403 what comes too often. */
function isRateLimit({ status, headers }: Response): boolean {
  return status === 403 && (headers.get("x-ratelimit-remaining") === "0" || headers.has("retry-after"));
}

function retryAfterSeconds(headers: Headers, nowMs: number): number | null {
  const after = Number(headers.get("retry-after") ?? Number.NaN);
  if (Number.isFinite(after) && after >= 0) return Math.ceil(after);
  const reset = Number(headers.get("x-ratelimit-reset") ?? headers.get("ratelimit-reset") ?? Number.NaN);
  return Number.isFinite(reset) && reset > 0 ? Math.max(0, Math.ceil(reset - nowMs / 1000)) : null;
}

/** What the host says of it, in one short line. */
async function messageOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => "");
  const [, told] = /"message"\s*:\s*"((?:[^"\\]|\\.){1,200})/.exec(text.slice(0, 2000)) ?? [];
  return told === undefined ? "" : `: ${told.replaceAll(/\p{Cc}/gu, " ")}`;
}

function adviceOf(status: number, { credential }: HostAccess): string {
  if (status !== 401 && status !== 403 && status !== 404) return "";
  return credential === null
    ? "; the source has no credential"
    : "; is the credential of the source good, and does it reach the repository?";
}
