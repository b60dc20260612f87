import { limits } from "../../contract/limits.ts";
import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import { isMap, type JsonValue, valueAt } from "../document/json-value.ts";
import { utf8SizeBytes } from "../document/utf8-size.ts";
import { type Result, refusal, success } from "../result.ts";
import type { StepFailure } from "./actions.ts";
import { checkDeclaredOutputs } from "./check-declared-outputs.ts";
import type { Frame } from "./frame.ts";
import type { Interpretation } from "./interpretation.ts";
import { readValue } from "./read-value.ts";
import { openScope } from "./scope.ts";
import type { Source, SourcedMap } from "./sourced.ts";
import { failureOf } from "./step-failures.ts";
import { sourceWithin } from "./step-result.ts";

/** What the whole gives: its outputs as the document makes them, else what its last step gave. */
export async function readOutputs(run: Interpretation, frame: Frame): Promise<Result<SourcedMap, StepFailure>> {
  const { outputs } = run.document;
  const read = outputs === undefined ? await outputsOfLast(run, frame) : await outputsOfDocument(run, frame, outputs);
  if (!read.ok) return read;
  const { values } = read.value;
  if (utf8SizeBytes(JSON.stringify(values)) <= limits.valueBytes) {
    const wrong = checkDeclaredOutputs(run.document, values);
    return wrong === null ? read : refusal(wrong);
  }
  const message = `outputs: they have more than ${limits.valueBytes / 1024 / 1024} MiB together`;
  return refusal(failureOf("limit_reached", message));
}

async function outputsOfDocument(
  run: Interpretation,
  frame: Frame,
  outputs: NonNullable<WorkflowDocument["outputs"]>,
): Promise<Result<SourcedMap, StepFailure>> {
  const values: [string, JsonValue][] = [];
  const sources: [string, Source][] = [];
  for (const [name, output] of Object.entries(outputs)) {
    const read = await readValue(run, frame, `outputs.${name}`, typeof output === "string" ? output : output.value);
    if (read.state === "failed") return refusal(read.failure);
    // The run went on without what it needs: it is left out.
    if (read.state === "missing") continue;
    values.push([name, read.value.value]);
    sources.push([name, read.value.source]);
  }
  return success({ values: Object.fromEntries(values), sources: Object.fromEntries(sources) });
}

async function outputsOfLast(run: Interpretation, frame: Frame): Promise<Result<SourcedMap, StepFailure>> {
  const last = run.document.steps.at(-1);
  const ran = last === undefined ? undefined : frame.step(last.id);
  if (last === undefined || ran?.state !== "succeeded") return success({ values: {}, sources: {} });
  const path = ["steps", last.id, "outputs"];
  const scope = await openScope(run, frame, [{ path, guarded: false, isAsked: false }]);
  if (!scope.ok) return refusal(failureOf("limit_reached", `outputs: ${scope.failure}`));
  const value = valueAt(scope.value.values, path) ?? null;
  const source = scope.value.sourceOf(path);
  // A map's list has no names of its own.
  if (!isMap(value)) return success({ values: { [last.id]: value }, sources: { [last.id]: source } });
  const sources = Object.keys(value).map((key): [string, Source] => [key, sourceWithin(source, [key], value)]);
  return success({ values: value, sources: Object.fromEntries(sources) });
}
