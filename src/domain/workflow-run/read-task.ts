import type { Compensation } from "../../contract/workflow/step.ts";
import { parseSkill } from "../agent/parse-skill.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { executeWorkflow, readCall } from "../workflow/read-call.ts";
import type { CallTask } from "./actions.ts";
import type { Frame } from "./frame.ts";
import type { Interpretation } from "./interpretation.ts";
import { kindOf, type Reading, readValue } from "./read-value.ts";
import type { Source, Sourced, SourcedMap } from "./sourced.ts";
import { failureOf } from "./step-failures.ts";
import { sourceWithin } from "./step-result.ts";

/** Whom a step calls, and with what. */
export type ReadTask = Pick<CallTask, "skill" | "isChosenNow" | "inputs">;

/** Reads what a step, or what undoes it, calls. `start`: what stands before its keys in messages. */
export async function readTask(
  run: Interpretation,
  frame: Frame,
  { skill, inputs }: Compensation,
  start = "",
): Promise<Reading<ReadTask>> {
  const body: JsonMap = inputs === undefined ? { skill } : { skill, inputs };
  const call = readCall(body);
  if (call === null) return failed(`${start}skill: ${skill} cannot be called`);
  const read = await readValue(run, frame, `${start}${call.inputsAt.join(".")}`, call.inputs);
  if (read.state !== "read") return read;
  const given = asMap(read.value);
  if (given === null) {
    return failed(`${start}${call.inputsAt.join(".")}: inputs are a map, and this gives ${kindOf(read.value.value)}`);
  }
  if (call.skill !== null) return { state: "read", value: { skill: call.skill, isChosenNow: false, inputs: given } };
  const chosen = await chooseSkill(run, frame, start, inputs ?? {});
  return chosen.state === "read"
    ? { state: "read", value: { skill: chosen.value, isChosenNow: true, inputs: given } }
    : chosen;
}

/** The workflow that expressions name in the inputs of `execute_workflow`. */
async function chooseSkill(
  run: Interpretation,
  frame: Frame,
  start: string,
  inputs: JsonMap,
): Promise<Reading<string>> {
  const named: JsonMap = { workflow_id: own(inputs, "workflow_id") ?? null };
  const version = own(inputs, "version");
  if (version !== undefined) named.version = version;
  const read = await readValue(run, frame, `${start}inputs`, named);
  if (read.state !== "read") return read;
  const value: JsonValue = read.value.value;
  for (const [key, part] of Object.entries(isMap(value) ? value : {})) {
    if (typeof part !== "string")
      return failed(`${start}inputs.${key}: it is a string, and this gives ${kindOf(part)}`);
  }
  const skill = readCall({ skill: executeWorkflow, inputs: value })?.skill ?? null;
  const parsed = skill === null ? null : parseSkill(skill);
  if (skill !== null && parsed?.ok === true) return { state: "read", value: skill };
  const why = parsed?.ok === false ? parsed.failure.message : "it names no workflow";
  return failed(`${start}inputs.workflow_id: ${why}`);
}

function asMap({ value, source }: Sourced): SourcedMap | null {
  if (!isMap(value)) return null;
  const sources = Object.keys(value).map((key): [string, Source] => [key, sourceWithin(source, [key], value)]);
  return { values: value, sources: Object.fromEntries(sources) };
}

function failed(message: string): Reading<never> {
  return { state: "failed", failure: failureOf("expression_failed", message) };
}
