import type { EdgeOutcome } from "../../contract/function/edge-call.ts";
import type { Returns } from "../../contract/function/signature.ts";
import { limits } from "../../contract/limits.ts";
import type { RunFailure } from "../../contract/run/run-failure.ts";
import type { Outputs } from "../../contract/template/document.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { checkOutputs } from "../../domain/template/value/check-outputs.ts";
import { isRecord } from "../../domain/template/value/json-equality.ts";
import { showValue } from "../../domain/template/value/show-value.ts";
import { badOutputs } from "../pool/ending/read-outputs.ts";

/** What is wrong with an attempt. */
export type EdgeFailure = Pick<RunFailure, "class" | "code" | "message" | "detail">;

type FailedOutcome = Extract<EdgeOutcome, { state: "failed" }>;

/** The outputs of a call, checked against the interface; or why the attempt failed. */
export function outputsOfCall(
  outcome: EdgeOutcome,
  returns: Returns,
  declared: Outputs,
): Result<Record<string, unknown>, EdgeFailure> {
  if (outcome.state === "failed") return refusal(failureOfCall(outcome));
  const named = nameOutputs(returns, outcome.value);
  if (!named.ok) return named;
  const { issues, issueCount } = checkOutputs(declared, [named.value]);
  if (issueCount > 0) return badOutputs(`the outputs do not fit the interface: ${issueCount} found`, issues);
  return named;
}

/** What a function returned, as outputs by name. */
function nameOutputs({ shape, names }: Returns, value: unknown): Result<Record<string, unknown>, EdgeFailure> {
  switch (shape) {
    case "nothing":
      return success({});
    case "fields":
      return isRecord(value) ? success(value) : badOutputs(`it should return an object, found ${showValue(value)}`, []);
    case "tuple":
      if (!Array.isArray(value) || value.length !== names.length)
        return badOutputs(`it should return a list of ${names.length}, found ${showValue(value)}`, []);
      return success(Object.fromEntries(names.map((name, at) => [name, value[at]])));
    default:
      return success({ [names[0] ?? "result"]: value });
  }
}

/** Each failure of a call in the words that runs have for it. There is nothing more to ask for, so `resource` is not tried again. */
const failures = {
  threw: { class: "permanent", code: "handler_error" },
  load_failed: { class: "permanent", code: "handler_error" },
  cpu_limit: { class: "permanent", code: "timed_out" },
  wall_timeout: { class: "permanent", code: "timed_out" },
  out_of_memory: { class: "resource", code: "out_of_memory" },
  not_json: { class: "validation", code: "invalid_outputs" },
  output_too_large: { class: "validation", code: "invalid_outputs" },
  crashed: { class: "unknown", code: "process_died" },
} as const satisfies Record<FailedOutcome["code"], Pick<RunFailure, "class" | "code">>;

function failureOfCall({ code, message, stack }: FailedOutcome): EdgeFailure {
  return {
    ...failures[code],
    message: message.slice(0, limits.failureMessageLength),
    detail: stack === null ? null : stack.slice(0, limits.failureDetailLength),
  };
}
