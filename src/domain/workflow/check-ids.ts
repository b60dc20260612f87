import { childPointer } from "../pointer.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { quote } from "../template/value/show-value.ts";
import type { StepNode } from "./step-node.ts";

/**
 * Steps that have the id of another. The branches of one conditional or switch may share ids, since one of them is gone through at most:
 * what every branch gives can then be read after it.
 */
export function checkIds(steps: readonly StepNode[]): Finding[] {
  const findings: Finding[] = [];
  collect(steps, new Map(), findings);
  return findings;
}

/** The ids of a list and of all inside it, with those before it. `seen`: where each stands first. */
function collect(
  steps: readonly StepNode[],
  seen: ReadonlyMap<string, string>,
  findings: Finding[],
): Map<string, string> {
  let known = new Map(seen);
  for (const { id, path, kind, branches } of steps) {
    const first = id === null ? undefined : known.get(id);
    if (id !== null && first !== undefined) findings.push(duplicate(id, path, first));
    if (id !== null && first === undefined) known.set(id, path);
    const exclusive = kind === "conditional" || kind === "switch";
    const before = known;
    for (const branch of branches) {
      const after = collect(branch.steps, exclusive ? before : known, findings);
      known = exclusive ? new Map([...after, ...known]) : after;
    }
  }
  return known;
}

function duplicate(id: string, path: string, first: string): Finding {
  const message = `there are two steps of the id ${quote(id)}; the other one is ${first}`;
  return errorAt("step_duplicate", childPointer(path, "id"), message, "give each step an id of its own");
}
