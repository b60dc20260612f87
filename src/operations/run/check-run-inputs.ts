import type { Failure } from "../../contract/failure.ts";
import type { FunctionDefinition } from "../../contract/function/document.ts";
import type { ConcreteTemplate } from "../../contract/template/document.ts";
import { type Result, success } from "../../domain/result.ts";
import { effectiveResources } from "../../domain/template/effective-resources.ts";
import { checkGivenInputs } from "../artifact/check-given-inputs.ts";
import type { CheckedRun } from "./runnable.ts";

/** Checks the inputs of a run of a template or function, and tells what it needs with them. */
export function checkRunInputs(
  of: { name: string; version: string },
  callable: ConcreteTemplate | FunctionDefinition,
  inputs: unknown,
): Result<CheckedRun, Failure> {
  const checked = checkGivenInputs(of, callable.interface.inputs, inputs);
  if (!checked.ok) return checked;
  return success({ inputs: checked.value, ...effectiveResources(callable, checked.value) });
}
