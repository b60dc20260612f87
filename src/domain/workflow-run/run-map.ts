import { limits } from "../../contract/limits.ts";
import type { MapStep, Step } from "../../contract/workflow/step.ts";
import type { JsonValue } from "../document/json-value.ts";
import { defaultItem } from "../workflow/check-mapping.ts";
import type { StepFailure } from "./actions.ts";
import { branchesOfStep } from "./branches-of-step.ts";
import { deadlineOfStep } from "./deadline.ts";
import { Frame } from "./frame.ts";
import type { Interpretation, ListEnd, StepEnd, StepPlace } from "./interpretation.ts";
import { kindOf, type Reading, readValue } from "./read-value.ts";
import type { Source } from "./sourced.ts";
import { failureOf } from "./step-failures.ts";
import { pathsInside } from "./step-paths.ts";
import { nowhere, sourceWithin, underName } from "./step-result.ts";
import type { StepTale } from "./step-tale.ts";

/** Goes through the same steps for each item of a list; it gives the list of what the last step gave for each. */
export async function runMap(run: Interpretation, step: MapStep, place: StepPlace, tale: StepTale): Promise<StepEnd> {
  const over = await readOver(run, step, place);
  if (over.state !== "read") return tale.cannotRead(over);
  const { items, sources } = over.value;
  tale.begins("running", { items: items.length });
  const { as: name = defaultItem, max_concurrency = limits.mapConcurrency, steps } = step.branches;
  const lanes = Math.min(max_concurrency, limits.mapConcurrency, items.length);
  const deadline = deadlineOfStep(place.deadline, step.timeout, place.startedAt);
  const ends: ListEnd[] = [];

  // Item 7 of 3 lanes follows item 4. Whoever is free first would be quicker, and could be another one when the run is interpreted again.
  async function goAlong(lane: number): Promise<void> {
    let { startedAt } = place;
    for (let at = lane; at < items.length; at += lanes) {
      const item = { name, value: items[at] ?? null, source: sources(at) };
      const end = await run.goThrough(steps, {
        paths: pathsInside(place.path, null, at),
        positions: `${place.position}.${String(at).padStart(5, "0")}.`,
        order: "in turn",
        frame: new Frame(place.frame, item),
        startedAt,
        deadline,
      });
      ends[at] = end;
      startedAt = end.finishedAt;
    }
  }

  await Promise.all(Array.from({ length: lanes }, (_, lane) => goAlong(lane)));
  let { startedAt: finishedAt } = place;
  for (const end of ends) finishedAt = Math.max(finishedAt, end.finishedAt);
  const failed = ends.find((end) => end.failed !== null)?.failed ?? null;
  if (failed !== null) return tale.ends({ ...failed, finishedAt });
  const result = underName(step.outputs, { kind: "list", items: ends.map((end) => end.last) });
  return tale.ends({ state: "succeeded", result, finishedAt });
}

interface Over {
  items: readonly JsonValue[];
  sources(at: number): Source;
}

async function readOver(run: Interpretation, step: MapStep, { frame }: StepPlace): Promise<Reading<Over>> {
  const read = await readValue(run, frame, "over", step.branches.over);
  if (read.state !== "read") return read;
  const { value, source } = read.value;
  if (!Array.isArray(value)) {
    const message = `over: a map goes over an array, and this gives ${kindOf(value)}`;
    return { state: "failed", failure: failureOf("expression_failed", message) };
  }
  const failure = tooMany(step.branches.steps, value.length);
  if (failure !== null) return { state: "failed", failure };
  const sources = (at: number): Source =>
    value[at] === undefined ? nowhere : sourceWithin(source, [String(at)], value);
  return { state: "read", value: { items: value, sources } };
}

/** What is surely too much is refused before anything of it is done. */
function tooMany(steps: readonly Step[], items: number): StepFailure | null {
  if (items > limits.mapItems) {
    return failureOf("limit_reached", `over: it has ${items} items; a map goes over ${limits.mapItems} at most`);
  }
  const leaves = items * fewestLeaves(steps);
  if (leaves <= limits.stepsPerRun) return null;
  const message = `over: its ${items} items make ${leaves} calls; a run has ${limits.stepsPerRun} at most`;
  return failureOf("limit_reached", message);
}

/** Calls and questions of steps that nothing lets be skipped. */
function fewestLeaves(steps: readonly Step[]): number {
  let leaves = 0;
  for (const step of steps) {
    if (step.condition !== undefined || step.step_type === "map") continue;
    const inner = branchesOfStep(step);
    leaves += inner.length === 0 ? 1 : inner.reduce((sum, { steps: some }) => sum + fewestLeaves(some), 0);
  }
  return leaves;
}
