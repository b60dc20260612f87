import type { Failure } from "../../contract/failure.ts";
import type { Inputs } from "../../contract/template/document.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { checkInputs } from "../../domain/template/value/check-inputs.ts";
import { isRecord } from "../../domain/template/value/json-equality.ts";

/** Checks inputs by what is declared, and gives them back with defaults. Where nothing is (null), any map is right as it is. */
export function checkGivenInputs(
  of: { name: string; version: string },
  declared: Inputs | null,
  inputs: unknown,
): Result<Record<string, unknown>, Failure> {
  if (declared === null && isRecord(inputs)) return success(inputs);
  const checked = checkInputs({ inputs: declared ?? {} }, inputs);
  if (checked.issues.length === 0) return success(checked.inputs);
  const [first] = checked.issues;
  const told = first === undefined ? "they do not fit" : `${first.path || "inputs"}: ${first.message}`;
  const more = checked.issueCount > 1 ? `; ${checked.issueCount} findings in all` : "";
  return refusal({
    code: "INVALID_INPUTS",
    message: `the inputs do not fit ${of.name}@${of.version}: ${told}${more}`,
    issues: checked.issues,
    ...(checked.issueCount > checked.issues.length ? { issueCount: checked.issueCount } : {}),
  });
}
