import type { Step } from "../../contract/workflow/step.ts";

/** A list of steps inside of a step. */
export interface InnerList {
  /** The branch of a conditional or a switch; null where there is but one list. */
  branch: string | null;
  steps: readonly Step[];
}

/** The lists of steps inside of a step, as the document has them; none for a call and an approval. */
export function branchesOfStep(step: Step): InnerList[] {
  switch (step.step_type) {
    case undefined:
    case "approval":
      return [];
    case "sequential":
      return "branches" in step ? [{ branch: null, steps: step.branches.steps }] : [];
    case "parallel":
    case "map":
      return [{ branch: null, steps: step.branches.steps }];
    case "conditional": {
      const { if_true, if_false } = step.branches;
      const first = { branch: "if_true", steps: if_true };
      return if_false === undefined ? [first] : [first, { branch: "if_false", steps: if_false }];
    }
    case "switch":
      return Object.entries(step.branches).map(([branch, steps]) => ({ branch, steps }));
  }
}
