import { setTimeout as pause } from "node:timers/promises";
import type { Run } from "../../../src/contract/run/run.ts";
import { isFinal } from "../../../src/contract/run/run-state.ts";
import type { StormCalls } from "./storm-calls.ts";

/** Runs that a storm has begun, and those of them that have ended. */
export interface WatchedRuns {
  /** By id: what it was begun with. */
  begun: Map<string, number>;
  ended: Map<string, Run>;
}

/** Looks at all that has not ended, again and again, and answers what asks: yes to even numbers, no to odd ones. Ends when `isOver` and all have ended. */
export async function watchRuns(
  calls: StormCalls,
  { begun, ended }: WatchedRuns,
  isOver: () => boolean,
  timeoutMs: number,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const hasAll = isOver();
    const open = [...begun].filter(([id]) => !ended.has(id));
    if (hasAll && open.length === 0) return;
    if (performance.now() > deadline) {
      const told = await Promise.all(open.slice(0, 5).map(([id]) => tellOpen(calls, id)));
      throw new Error(`${open.length} of ${begun.size} runs have not ended in time:\n${told.join("\n")}`);
    }
    for (const [id, number] of open) {
      const run = await calls.run(id);
      if (isFinal(run.state)) ended.set(id, run);
      for (const step of run.steps ?? []) {
        // Whatever the answer is: when the step still waits, it is answered again.
        if (step.state === "waiting") await calls.approve(id, step.path, number % 2 === 0);
      }
    }
    await pause(200);
  }
}

/** Where a run stands, with those that it called. */
async function tellOpen(calls: StormCalls, id: string): Promise<string> {
  const run = await calls.run(id);
  const open = (run.steps ?? []).filter((step) => step.state === "running" || step.state === "waiting");
  const children = (await calls.children(id)).filter((child) => !isFinal(child.state));
  return [
    `${run.name} ${id} ${run.state}, attempt ${run.attempt}${run.state === "queued" ? `: ${run.waiting?.message}` : ""}`,
    ...open.map(({ path, state, skill, run }) => `  step ${path} ${state} ${skill ?? ""} ${run ?? ""}`),
    ...(await Promise.all(children.map((child) => tellOpen(calls, child.id)))),
  ].join("\n");
}
