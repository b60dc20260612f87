import type { Failure } from "../../../contract/failure.ts";
import { limits } from "../../../contract/limits.ts";
import type { CallOutcome } from "../../../domain/workflow-run/actions.ts";

/** Why a step was not even begun, as its failure. Throws for an outage: it says nothing about the step, which is tried again. */
export function refusedStep(failure: Failure, at: number): CallOutcome {
  const { code, message, issues } = failure;
  if (code === "UNAVAILABLE" || code === "SEQ_NOT_REACHED" || code === "RATE_LIMITED") throw new Error(message);
  const detail = (issues ?? []).map((issue) => `${issue.path}: ${issue.message}`).join("\n");
  const isMissing =
    code === "SKILL_NOT_FOUND" || code.startsWith("VERSION_") || code === "NAME_NOT_FOUND" || code === "TAG_NOT_FOUND";
  const why = isMissing
    ? ({ class: "permanent", code: "skill_missing" } as const)
    : ({ class: "validation", code: "invalid_inputs" } as const);
  const told = {
    message: message.slice(0, limits.failureMessageLength),
    detail: detail === "" ? null : detail.slice(0, limits.failureDetailLength),
  };
  return { state: "failed", failure: { ...why, ...told }, finishedAt: at };
}
