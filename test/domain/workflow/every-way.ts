/** A step of a small model of workflows: what runs, in which order, and what each call reads. */
export interface ModelStep {
  id: string;
  type: "call" | "sequential" | "parallel" | "conditional" | "switch" | "map";
  /** Whether it has a condition of its own, which may be false. */
  isConditional: boolean;
  /** The step that a call reads. */
  reads: string | null;
  branches: Record<string, ModelStep[]>;
}

/** The calls, by id, that read a step which had not run by then, on some way through the workflow. Every way is gone, up to `most`. */
export function readsInVain(steps: readonly ModelStep[], most: number): { failed: Set<string>; isComplete: boolean } {
  const failed = new Set<string>();
  let script: number[] = [];
  for (let ways = 0; ways < most; ways++) {
    const taken: { choice: number; of: number }[] = [];
    const choose = (of: number): number => {
      const choice = script[taken.length] ?? 0;
      taken.push({ choice, of });
      return choice;
    };
    runList(steps, new Set(), { choose, failed });
    // The next way: the last choice that has another one takes it.
    while (taken.length > 0 && taken.at(-1)?.choice === (taken.at(-1)?.of ?? 0) - 1) taken.pop();
    if (taken.length === 0) return { failed, isComplete: true };
    script = taken.map(({ choice }, at) => (at === taken.length - 1 ? choice + 1 : choice));
  }
  return { failed, isComplete: false };
}

interface Way {
  choose(of: number): number;
  failed: Set<string>;
}

/** What has run after a list, by id. */
function runList(steps: readonly ModelStep[], done: ReadonlySet<string>, way: Way): Set<string> {
  let after = new Set(done);
  for (const step of steps) after = new Set([...after, ...runStep(step, after, way)]);
  return after;
}

function runStep(step: ModelStep, done: ReadonlySet<string>, way: Way): Set<string> {
  if (step.isConditional && way.choose(2) === 1) return new Set();
  const lists = Object.values(step.branches);
  switch (step.type) {
    case "call":
      if (step.reads !== null && !done.has(step.reads)) way.failed.add(step.id);
      return new Set([step.id]);
    case "sequential":
      return new Set([...runList(lists.flat(), done, way), step.id]);
    case "parallel":
      // Whatever the others do, each may be the first.
      return new Set([...lists.flat().flatMap((one) => [...runStep(one, done, way)]), step.id]);
    case "map":
      runList(lists.flat(), done, way);
      return new Set([step.id]);
    case "conditional":
    case "switch": {
      const isOpen = !("default" in step.branches || "if_false" in step.branches);
      const chosen = lists[way.choose(lists.length + (isOpen ? 1 : 0))];
      return new Set([...(chosen === undefined ? [] : runList(chosen, done, way)), step.id]);
    }
  }
}
