import { isAbstract, isWorkflow } from "../../contract/artifact/callable.ts";
import type { Failure } from "../../contract/failure.ts";
import type { ValidationAnswer } from "../../contract/template/validation.ts";
import { type Result, success } from "../../domain/result.ts";
import type { FoundDocument } from "../lookup/find-document.ts";
import { callableOf } from "../registration/read-callable.ts";
import { checkRunInputs } from "../run/check-run-inputs.ts";
import { abstractRefusal } from "./abstract-refusal.ts";
import { checkGivenInputs } from "./check-given-inputs.ts";

/** Checks inputs as a run would, and tells what the run would be given and would need. */
export function validateInputs(found: FoundDocument, inputs: unknown): Result<ValidationAnswer, Failure> {
  const callable = callableOf(found.published.document);
  const { name, version, digest } = found.published;
  const of = { name, version };
  if (isAbstract(callable)) return abstractRefusal(name, version);
  if (isWorkflow(callable)) {
    const checked = checkGivenInputs(of, callable.interface.inputs, inputs);
    if (!checked.ok) return checked;
    return success({ ...of, digest, inputs: checked.value, resources: null, quality: null, parameters: {} });
  }
  const checked = checkRunInputs(of, callable, inputs);
  return checked.ok ? success({ ...of, digest, ...checked.value }) : checked;
}
