import type { ExecuteError } from "../../../contract/agent/json-rpc.ts";
import type { FailureClass, RunFailureCode } from "../../../contract/run/run-failure.ts";
import { findBadJson } from "../../document/find-bad-json.ts";
import { isRecord } from "../../template/value/json-equality.ts";
import { type AgentFailure, agentFailure } from "./agent-outcome.ts";
import { type HttpAnswer, isPassing, retryAfterOf } from "./failure-of-status.ts";

/** Codes that JSON-RPC 2.0 itself defines (section 5.1). */
const parseError = -32_700;
const invalidRequest = -32_600;
const methodNotFound = -32_601;
const invalidParams = -32_602;

/** The failure that an error of JSON-RPC tells. Where the agent does not say whether another try may help, nobody knows. */
export function failureOfError(
  { who, skill, nowMs }: { who: string; skill: string; nowMs: number },
  { code, message, data }: ExecuteError,
  { status, retryAfter }: HttpAnswer,
): AgentFailure {
  return agentFailure(
    {
      ...meaning(code, saysRetryable(data), status),
      message: `${who} answered that ${skill} failed: ${message} (code ${code})`,
      detail: textOf(data),
    },
    { retryAfterMs: retryAfterOf(retryAfter, nowMs) },
  );
}

function meaning(
  code: number,
  isRetryable: boolean | null,
  status: number,
): { class: FailureClass; code: RunFailureCode } {
  if (code === invalidParams) return { class: "validation", code: "invalid_inputs" };
  const isRefused = code === methodNotFound || code === invalidRequest || code === parseError;
  if (isRefused || isRetryable === false) return { class: "permanent", code: "agent_error" };
  // Many servers send every error as a 500: that alone says nothing.
  const isTransient = isRetryable === true || (status !== 500 && isPassing(status));
  return { class: isTransient ? "transient" : "unknown", code: "agent_error" };
}

function saysRetryable(data: unknown): boolean | null {
  return isRecord(data) && typeof data.retryable === "boolean" ? data.retryable : null;
}

/** What an agent tells beside its message: texts as they are, all else as JSON. */
function textOf(data: unknown): string | null {
  if (data === undefined || data === null) return null;
  if (typeof data === "string") return data;
  return findBadJson(data) === null ? JSON.stringify(data, null, 2) : null;
}
