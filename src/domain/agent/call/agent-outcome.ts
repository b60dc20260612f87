import { limits } from "../../../contract/limits.ts";
import type { JsonMap } from "../../document/json-value.ts";
import type { StepFailure } from "../../workflow-run/actions.ts";

/** What came of calling an agent. */
export type AgentOutcome =
  | { ok: true; outputs: JsonMap }
  | {
      ok: false;
      failure: StepFailure;
      /** Whether the agent told that it failed. When not, nobody knows whether it did its work: the same key must be used again. */
      isAnswered: boolean;
      /** How long the agent asks to be left alone; null: it does not say. */
      retryAfterMs: number | null;
    };

export type AgentFailure = Extract<AgentOutcome, { ok: false }>;

/** A failure, with texts that fit their places and hold nothing that a terminal would obey. */
export function agentFailure(
  failure: Pick<StepFailure, "class" | "code" | "message"> & { detail?: string | null },
  { isAnswered = true, retryAfterMs = null }: { isAnswered?: boolean; retryAfterMs?: number | null } = {},
): AgentFailure {
  const message = plain(failure.message, limits.failureMessageLength);
  const detail = plain(failure.detail ?? "", limits.failureDetailLength);
  return {
    ok: false,
    failure: { class: failure.class, code: failure.code, message, detail: detail === "" ? null : detail },
    isAnswered,
    retryAfterMs,
  };
}

function plain(text: string, longest: number): string {
  const cut = text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
  return cut.toWellFormed().replaceAll(/[^\P{Cc}\n\t]/gu, "\ufffd");
}
