import { isAbstract } from "../../contract/artifact/callable.ts";
import type { Failure } from "../../contract/failure.ts";
import type { ValidationAnswer } from "../../contract/template/validation.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { effectiveResources } from "../../domain/template/effective-resources.ts";
import { checkInputs } from "../../domain/template/value/check-inputs.ts";
import type { FoundDocument } from "../lookup/find-document.ts";
import { callableOf } from "../registration/read-callable.ts";
import { abstractRefusal } from "./abstract-refusal.ts";

/** Checks inputs as a run would, and tells what the run would be given and would need. */
export function validateInputs(found: FoundDocument, inputs: unknown): Result<ValidationAnswer, Failure> {
  const callable = callableOf(found.published.document);
  const { name, version, digest } = found.published;
  if (isAbstract(callable)) return abstractRefusal(name, version);
  const checked = checkInputs(callable.interface, inputs);
  if (checked.issues.length > 0) {
    const [first] = checked.issues;
    const told = first === undefined ? "they do not fit" : `${first.path || "inputs"}: ${first.message}`;
    const more = checked.issueCount > 1 ? `; ${checked.issueCount} findings in all` : "";
    return refusal({
      code: "INVALID_INPUTS",
      message: `the inputs do not fit ${name}@${version}: ${told}${more}`,
      issues: checked.issues,
      ...(checked.issueCount > checked.issues.length ? { issueCount: checked.issueCount } : {}),
    });
  }
  return success({ name, version, digest, inputs: checked.inputs, ...effectiveResources(callable, checked.inputs) });
}
