import type { ConditionalStep, Step, SwitchStep } from "../../contract/workflow/step.ts";
import { chooseCase } from "../workflow/choose-case.ts";
import type { StepFailure } from "./actions.ts";
import { branchesOfStep } from "./branches-of-step.ts";
import type { Interpretation, StepEnd, StepPlace } from "./interpretation.ts";
import { kindOf, type Reading, readConditionValue, readWhether } from "./read-value.ts";
import { endOfContainer, listInside } from "./run-container.ts";
import { failureOf } from "./step-failures.ts";
import type { StepTale } from "./step-tale.ts";

/** Goes through the branch of a conditional or a switch that its condition chooses, if there is one. */
export async function runChoice(
  run: Interpretation,
  step: ConditionalStep | SwitchStep,
  place: StepPlace,
  tale: StepTale,
): Promise<StepEnd> {
  const chosen = await choose(run, step, place);
  if (chosen.state !== "read") return tale.cannotRead(chosen);
  const branches = branchesOfStep(step);
  const index = branches.findIndex(({ branch }) => branch === chosen.value);
  const taken = branches[index];
  const branch = taken?.branch ?? null;
  tale.begins("running", { branch });
  const steps: readonly Step[] = taken?.steps ?? [];
  const positions = `${place.position}.${String(index).padStart(3, "0")}.`;
  const list = { ...listInside(step, place, branch), positions, order: "in turn" } as const;
  return tale.ends(endOfContainer(await run.goThrough(steps, list)));
}

/** The branch; null where there is none for what the condition gives. */
async function choose(
  run: Interpretation,
  step: ConditionalStep | SwitchStep,
  { frame }: StepPlace,
): Promise<Reading<string | null>> {
  if (step.step_type === "conditional") {
    const read = await readWhether(run, frame, step.condition);
    return read.state === "read" ? { state: "read", value: read.value ? "if_true" : "if_false" } : read;
  }
  const read = await readConditionValue(run, frame, step.condition);
  if (read.state !== "read") return read;
  if (typeof read.value === "object" && read.value !== null) return { state: "failed", failure: noChoice(read.value) };
  return { state: "read", value: chooseCase(read.value, Object.keys(step.branches)) };
}

function noChoice(value: object): StepFailure {
  const found = kindOf(Array.isArray(value) ? [] : {});
  return failureOf(
    "expression_failed",
    `condition: a switch chooses by a string, a number or a boolean; it gave ${found}`,
  );
}
