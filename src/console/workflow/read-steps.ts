import type { Step, StepType } from "../../contract/workflow/step.ts";

/** A step as it is shown. */
export interface ReadStep {
  id: string;
  type: StepType;
  description: string | null;
  /** What it asks for; a step with branches asks for nothing itself. */
  skill: string | null;
  /** CEL, without braces; null where it is always gone through. */
  condition: string | null;
  /** What a map goes through, and what its items are called. */
  loop: { over: unknown; as: string } | null;
  inputs: readonly [string, unknown][];
  /** All else that it says: timeout, retry, message, … */
  settings: readonly [string, unknown][];
  branches: readonly ReadBranch[];
}

/** Steps inside of a step, and when they are done. */
export interface ReadBranch {
  /** As the document has it: `steps`, `if_true`, a switch's case. */
  key: string;
  label: string;
  steps: readonly ReadStep[];
}

const shownElsewhere = ["id", "step_type", "description", "condition", "skill", "inputs", "branches"];

/** The steps of a list, with all that is inside of them. */
export function readSteps(steps: readonly Step[]): ReadStep[] {
  return steps.map(readStep);
}

/** How many there are, those inside of others too. */
export function countSteps(steps: readonly ReadStep[]): number {
  return steps.reduce(
    (sum, { branches }) => sum + 1 + branches.reduce((inside, branch) => inside + countSteps(branch.steps), 0),
    0,
  );
}

/** The skill that a step asks for, as one would look it up; null where it asks for none, or an expression chooses it. */
export function skillOf({ skill, inputs }: Pick<ReadStep, "skill" | "inputs">): string | null {
  if (skill !== "execute_workflow") return skill;
  const { workflow_id: id, version }: Record<string, unknown> = Object.fromEntries(inputs);
  if (typeof id !== "string" || id.includes("{{")) return null;
  if (version === undefined) return `workflow/${id}`;
  return typeof version === "string" && !version.includes("{{") ? `workflow/${id}@${version}` : null;
}

function readStep(step: Step): ReadStep {
  const isLeaf = !("branches" in step);
  const settings: [string, unknown][] = Object.entries(step).filter(([key]) => !shownElsewhere.includes(key));
  const most = step.step_type === "map" ? step.branches.max_concurrency : undefined;
  if (most !== undefined) settings.push(["max_concurrency", most]);
  return {
    id: step.id,
    type: step.step_type ?? "sequential",
    description: step.description ?? null,
    skill: isLeaf && "skill" in step ? step.skill : null,
    condition: step.condition === undefined ? null : withoutBraces(step.condition),
    loop: step.step_type === "map" ? { over: step.branches.over, as: step.branches.as ?? "item" } : null,
    inputs: isLeaf && "inputs" in step ? Object.entries(step.inputs ?? {}) : [],
    settings,
    branches: isLeaf ? [] : readBranches(step),
  };
}

function readBranches(step: Extract<Step, { branches: unknown }>): ReadBranch[] {
  switch (step.step_type) {
    case "sequential":
      return [{ key: "steps", label: "in this order", steps: readSteps(step.branches.steps) }];
    case "parallel":
      return [{ key: "steps", label: "at the same time", steps: readSteps(step.branches.steps) }];
    case "map":
      return [{ key: "steps", label: "for each item", steps: readSteps(step.branches.steps) }];
    case "conditional":
      return [
        { key: "if_true", label: "if true", steps: readSteps(step.branches.if_true) },
        ...(step.branches.if_false === undefined
          ? []
          : [{ key: "if_false", label: "if false", steps: readSteps(step.branches.if_false) }]),
      ];
    case "switch":
      return Object.entries(step.branches).map(([key, steps]) => ({
        key,
        label: key === "default" ? "otherwise" : `when ${key}`,
        steps: readSteps(steps),
      }));
  }
}

function withoutBraces(condition: string): string {
  return /^\s*\{\{((?:(?!\}\}).)*)\}\}\s*$/s.exec(condition)?.[1]?.trim() ?? condition;
}
