import { isDeepStrictEqual } from "node:util";
import type { Run } from "../../../src/contract/run/run.ts";
import type { StepState } from "../../../src/contract/workflow/step-state.ts";
import type { StormCalls } from "./storm-calls.ts";

/** What a run was, as far as no chance is in it. */
export interface RunTrace {
  id: string;
  state: string;
  outputs: unknown;
  /** Path and state, sorted. */
  steps: string[];
  /** Paths of the steps that runs of their own did, with how these ended; those of called workflows with the path before. */
  children: string[];
  /** Ids of the runs that runners did. */
  onRunners: string[];
  /** Keys under which agents did steps: `run/path`. */
  byAgents: string[];
}

/** Reads a run of the storm with all that it called. */
export async function traceOf(calls: StormCalls, run: Run): Promise<RunTrace> {
  const trace: RunTrace = {
    id: run.id,
    state: run.state,
    outputs: run.state === "succeeded" ? run.outputs.map(({ outputs }) => outputs) : null,
    steps: (await calls.steps(run.id)).map(tellStep).sort(),
    children: [],
    onRunners: [],
    byAgents: [],
  };
  for (const child of await calls.children(run.id)) {
    const path = child.parent?.step ?? "?";
    trace.children.push(`${path} ${child.state}`);
    if (child.kind === "template") trace.onRunners.push(child.id);
    if (child.kind === "agent") trace.byAgents.push(`${run.id}/${path}`);
    if (child.kind !== "workflow") continue;
    const inside = await traceOf(calls, await calls.run(child.id));
    trace.children.push(...inside.children.map((told) => `${path} > ${told}`));
    trace.steps.push(...inside.steps.map((told) => `${path} > ${told}`));
    trace.onRunners.push(...inside.onRunners);
    trace.byAgents.push(...inside.byAgents);
  }
  trace.children.sort();
  return trace;
}

function tellStep({ path, state, reason }: StepState): string {
  return `${path} ${state}${state === "skipped" ? ` (${reason})` : ""}`;
}

/** Every step of these runs, as agents' keys name them: a call that a cancel cut off has no run of its own. */
export function stepsOf(traces: readonly RunTrace[]): string[] {
  return traces.flatMap(({ id, steps }) => steps.map((told) => `${id}/${told.split(" ")[0]}`));
}

/** In what a run differs from an undisturbed one on the same inputs; empty when it does not. */
export function differencesOf(trace: RunTrace, undisturbed: RunTrace): string[] {
  const keys = ["state", "outputs", "steps", "children"] as const;
  return keys
    .filter((key) => !isDeepStrictEqual(trace[key], undisturbed[key]))
    .map((key) => `${key}: ${JSON.stringify(trace[key])} instead of ${JSON.stringify(undisturbed[key])}`);
}
