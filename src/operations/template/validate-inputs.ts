import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import type { ValidationAnswer } from "../../contract/template/validation.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { effectiveResources } from "../../domain/template/effective-resources.ts";
import { checkInputs } from "../../domain/template/value/check-inputs.ts";
import type { FoundDocument } from "../lookup/find-document.ts";
import { templateOf } from "../registration/read-template.ts";
import { abstractRefusal } from "./abstract-refusal.ts";

/** Checks inputs as a run would, and tells what the run would be given and would need. */
export function validateInputs(found: FoundDocument, inputs: unknown): Result<ValidationAnswer, Failure> {
  const template = templateOf(found.published.document);
  const { name, version, digest } = found.published;
  if (template.abstract === true) return abstractRefusal(name, version);
  const checked = checkInputs(template.interface, inputs);
  if (checked.issues.length > 0) {
    const first = checked.issues[0]?.message ?? "they do not fit";
    return refusal({
      code: "INVALID_INPUTS",
      message: `the inputs do not fit ${name}@${version}: ${first}${checked.issues.length > 1 ? `; ${checked.issues.length} findings in all` : ""}`,
      issues: checked.issues.slice(0, limits.issues),
      issueCount: checked.issues.length,
    });
  }
  return success({ name, version, digest, inputs: checked.inputs, ...effectiveResources(template, checked.inputs) });
}
