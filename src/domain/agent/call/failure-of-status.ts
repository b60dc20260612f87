import { limits } from "../../../contract/limits.ts";
import { type AgentFailure, agentFailure } from "./agent-outcome.ts";

/** An answer by HTTP, as far as it matters here. `text` is null where the bytes are no UTF-8. */
export interface HttpAnswer {
  status: number;
  /** In lower case, without parameters; null when none is told. */
  mediaType: string | null;
  retryAfter: string | null;
  text: string | null;
}

/**
 * The failure that a status other than 2xx tells. 408, 425, 429 and 5xx tell of a machine or a network: whether the work was done, nobody knows.
 * `who`: like `agent build-agent@1.0.0`.
 */
export function failureOfStatus(who: string, answer: HttpAnswer, nowMs: number): AgentFailure {
  const { status } = answer;
  const message = `${who} answered ${status}${advice(status)}`;
  const detail = answer.text;
  if (isPassing(status)) {
    const retryAfterMs = retryAfterOf(answer.retryAfter, nowMs);
    return agentFailure(
      { class: "transient", code: "agent_unreachable", message, detail },
      { isAnswered: false, retryAfterMs },
    );
  }
  return agentFailure({ class: "permanent", code: "agent_error", message, detail });
}

/** Whether the same request may be answered otherwise later. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

function advice(status: number): string {
  if (status === 401 || status === 403) return ": it does not let us in; AGENT_CREDENTIALS says what it knows us by";
  if (status === 404 || status === 405)
    return " to POST /execute: its card may tell another address than the agent has";
  if (status >= 300 && status < 400)
    return ": it sends us elsewhere, where we do not go; its card must tell the address itself";
  return "";
}

/** Milliseconds that a `Retry-After` asks for (RFC 9110, section 10.2.3: seconds, or a date); null where it is neither. */
export function retryAfterOf(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const ms = /^\d{1,12}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), limits.retryWaitSeconds * 1000) : null;
}
