import { limits } from "../../contract/limits.ts";
import type { DeliveryAttempt, SubscriptionRequest } from "../../contract/subscription/subscription.ts";
import { retryAfterOf } from "../../domain/agent/call/failure-of-status.ts";
import type { Fetch } from "../agent/ask-agent.ts";
import { refuseAddress } from "../subscription/refuse-address.ts";
import { readBeginning } from "./read-beginning.ts";

export interface PostNeeds {
  fetch: Fetch;
  mayAskPrivate: boolean;
  nowMs: () => number;
}

/** What is sent, and where to. */
export interface Post {
  url: string;
  redirects: SubscriptionRequest["redirects"];
  headers: Record<string, string>;
  body: string;
}

/** One try, and after how many milliseconds the receiver wants the next. */
export interface Posted {
  attempt: DeliveryAttempt;
  retryAfterMs: number | null;
}

type Told = Pick<DeliveryAttempt, "status" | "error" | "answer"> & { retryAfterMs: number | null };

/**
 * Sends a delivery once, within `limits.deliverySeconds`: there is an outcome whatever the receiver does. A redirect by 307 or 308 is followed where
 * the subscription says so, each address checked like the first one; no other ever is, because they would make a GET of it.
 */
export async function postDelivery(needs: PostNeeds, post: Post): Promise<Posted> {
  const startedMs = needs.nowMs();
  const redirects: string[] = [];
  const stopping = new AbortController();
  const timer = setTimeout(() => stopping.abort(), limits.deliverySeconds * 1000);
  try {
    const { retryAfterMs, ...told } = await follow(needs, post, redirects, stopping.signal);
    const duration_ms = Math.max(0, Math.round(needs.nowMs() - startedMs));
    return { attempt: { at: new Date(startedMs).toISOString(), duration_ms, redirects, ...told }, retryAfterMs };
  } finally {
    clearTimeout(timer);
  }
}

async function follow(needs: PostNeeds, post: Post, redirects: string[], signal: AbortSignal): Promise<Told> {
  for (let address = post.url; ; ) {
    const why = refuseAddress(address, needs.mayAskPrivate);
    if (why !== null) return nothing(`nothing is sent to ${shown(address)}: ${why}`);
    const response = await ask(needs.fetch, address, post, signal);
    if (typeof response === "string") return nothing(response);
    const target = targetOf(response, address);
    if (target === null) return tell(response, signal, needs.nowMs(), null);
    const refused = refuseRedirect(post, response.status, redirects.length, target);
    if (refused !== null) return tell(response, signal, needs.nowMs(), refused);
    await response.body?.cancel().catch(() => undefined);
    redirects.push(shown(target));
    address = target;
  }
}

/** The receiver's answer, or why there is none. */
async function ask(fetch: Fetch, address: string, post: Post, signal: AbortSignal): Promise<Response | string> {
  const { headers, body } = post;
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("time is up")), { once: true });
  });
  try {
    return await Promise.race([fetch(address, { method: "POST", redirect: "manual", signal, headers, body }), late]);
  } catch {
    // Why a connection failed differs between runtimes, and may tell of the network: that it did is what counts.
    if (signal.aborted) return `it did not answer within ${limits.deliverySeconds} s`;
    return "it could not be reached, or broke off";
  } finally {
    late.catch(() => undefined);
  }
}

/** Where an answer sends us; null where it does not. */
function targetOf({ status, headers }: Response, from: string): string | null {
  const location = headers.get("location");
  if (status < 300 || status > 399 || status === 304 || location === null) return null;
  return URL.parse(location, from)?.href ?? location;
}

const followed = [307, 308];

function refuseRedirect(post: Post, status: number, soFar: number, target: string): string | null {
  const to = `it answered ${status}, which leads to ${shown(target)}`;
  if (post.redirects === "refuse") return `${to}; this subscription follows no redirects`;
  if (!followed.includes(status)) return `${to}; only 307 and 308 are followed, because they keep what is sent`;
  return soFar < limits.deliveryRedirects ? null : `${to}; ${soFar} redirects were followed, and no more are`;
}

async function tell(response: Response, signal: AbortSignal, nowMs: number, error: string | null): Promise<Told> {
  const { status, headers } = response;
  const answer = await readBeginning(response.body, signal);
  return { status, error, answer, retryAfterMs: retryAfterOf(headers.get("retry-after"), nowMs) };
}

function nothing(error: string): Told {
  return { status: null, error, answer: null, retryAfterMs: null };
}

/** An address as the log has it. */
function shown(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address.slice(0, addressLength).toWellFormed();
  url.username = "";
  url.password = "";
  return url.href.slice(0, addressLength);
}

const addressLength = 500;
