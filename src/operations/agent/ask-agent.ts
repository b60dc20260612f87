import { limits } from "../../contract/limits.ts";
import type { HealthFinding } from "../../domain/agent/next-health.ts";
import { privateHost } from "../../domain/agent/private-host.ts";

/** The part of `fetch` that is used here. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface AskAgentNeeds {
  fetch: Fetch;
  /** Whether private, loopback and link-local addresses are asked: on one's own machine only. */
  mayAskPrivate: boolean;
  /** A clock for latencies, in ms. */
  nowMs: () => number;
}

const healthPath = "/health";
const cardPath = "/.well-known/agent-card.json";

/**
 * Asks an agent's address whether it answers: its health, or, where it has no such route, for its card. Redirects are not followed, so that no
 * agent sends us elsewhere; bodies are not read.
 */
export async function askAgent(needs: AskAgentNeeds, url: string): Promise<HealthFinding> {
  const { hostname } = new URL(url);
  const why = needs.mayAskPrivate ? null : privateHost(hostname);
  if (why !== null) return { state: "unknown", latencyMs: null, message: `it is not asked: ${why}` };
  const startedAt = needs.nowMs();
  // One limit for both questions.
  const signal = AbortSignal.timeout(limits.healthTimeoutMs);
  const base = url.replace(/\/+$/, "");
  const tried: string[] = [];
  for (const path of [healthPath, cardPath]) {
    const answer = await ask(needs.fetch, `${base}${path}`, signal);
    if (answer.ok) {
      return { state: "healthy", latencyMs: Math.max(0, Math.round(needs.nowMs() - startedAt)), message: null };
    }
    tried.push(`GET ${path} ${answer.why}`);
    if (!answer.isNoRoute) break;
  }
  return { state: "unhealthy", latencyMs: null, message: tried.join("; ") };
}

type Answer = { ok: true } | { ok: false; why: string; isNoRoute: boolean };

async function ask(fetch: Fetch, url: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(url, { redirect: "manual", signal, headers: { Accept: "application/json, */*" } });
    await response.body?.cancel().catch(() => undefined);
    if (response.ok) return { ok: true };
    const { status } = response;
    // What says that it is overloaded or broken has such a route; what refuses or redirects may only not have it.
    return { ok: false, why: `answered ${status}`, isNoRoute: status < 500 && status !== 429 };
  } catch {
    // Why a connection failed differs between runtimes, and may tell of the network: that it did is what counts.
    const why = signal.aborted ? `did not answer within ${limits.healthTimeoutMs / 1000} s` : "was not answered";
    return { ok: false, why, isNoRoute: false };
  }
}
