/** A workflow that another one calls, and the step that does. */
export interface CalledWorkflow {
  workflow: string;
  step: string;
}

/** How workflows call each other below one. */
export interface Nesting {
  /** The first circle that is found, as `a → b → a`, each with the step that calls the next; null when there is none. */
  circle: string[] | null;
  /** Workflows that are inside of each other at most, the first included. */
  depth: number;
  /** These workflows. */
  deepest: string[];
}

/** Follows calls of workflows from `root`. `calls`: of each workflow those that it calls, in the order of the document. */
export function findNesting(root: string, calls: ReadonlyMap<string, readonly CalledWorkflow[]>): Nesting {
  const below = new Map<string, string[]>();
  const open: string[] = [];
  const steps: string[] = [];

  /** The longest way down from a workflow, or the circle that is in it. */
  function follow(workflow: string): { circle: string[] } | { longest: string[] } {
    const known = below.get(workflow);
    if (known !== undefined) return { longest: known };
    open.push(workflow);
    let longest: string[] = [];
    for (const { workflow: called, step } of calls.get(workflow) ?? []) {
      steps.push(step);
      const start = open.indexOf(called);
      if (start >= 0)
        return { circle: [...open.slice(start).map((name, at) => `${name} (step ${steps[start + at]})`), called] };
      const found = follow(called);
      if ("circle" in found) return found;
      if (found.longest.length > longest.length) longest = found.longest;
      steps.pop();
    }
    open.pop();
    const own = [workflow, ...longest];
    below.set(workflow, own);
    return { longest: own };
  }

  const found = follow(root);
  if ("circle" in found) return { circle: found.circle, depth: found.circle.length, deepest: found.circle };
  return { circle: null, depth: found.longest.length, deepest: found.longest };
}
