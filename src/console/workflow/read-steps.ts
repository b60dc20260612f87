import { workflowStep } from "../../contract/workflow/document.ts";

/** A step as it is shown. */
export interface ReadStep {
  id: string;
  /** `parallel`, `switch`, …; what does not say is sequential. */
  type: string;
  description: string | null;
  /** What it asks for; a step with branches asks for nothing itself. */
  skill: string | null;
  inputs: readonly [string, unknown][];
  /** All else that it says: condition, timeout, retry, … */
  settings: readonly [string, unknown][];
  branches: readonly ReadBranch[];
}

/** Steps inside of a step, and when they are done. */
export interface ReadBranch {
  label: string;
  steps: readonly ReadStep[];
}

const shownElsewhere = ["id", "step_type", "description", "inputs", "branches", "steps"];

/** The steps of a list, with all that is inside of them. What is no step is left out. */
export function readSteps(list: unknown): ReadStep[] {
  return Array.isArray(list) ? list.flatMap((member) => readStep(member) ?? []) : [];
}

/** How many there are, those inside of others too. */
export function countSteps(steps: readonly ReadStep[]): number {
  return steps.reduce(
    (sum, { branches }) => sum + 1 + branches.reduce((inside, branch) => inside + countSteps(branch.steps), 0),
    0,
  );
}

function readStep(member: unknown): ReadStep | null {
  const step = workflowStep.safeParse(member).data;
  if (step === undefined) return null;
  const type = textOf(step.step_type) ?? "sequential";
  const { branches, settings } = readBranches(type, step.branches, step.steps);
  const own = Object.entries(step).filter(([key]) => !shownElsewhere.includes(key));
  // A skill is a leaf's; beside branches it is not asked, and is told like any other key.
  const skill = branches.length === 0 ? textOf(step.skill) : null;
  return {
    id: step.id,
    type,
    description: textOf(step.description),
    skill,
    inputs: isMap(step.inputs) ? Object.entries(step.inputs) : [],
    settings: [...own.filter(([key]) => key !== "skill" || skill === null), ...settings],
    branches,
  };
}

function readBranches(type: string, branches: unknown, steps: unknown): Pick<ReadStep, "branches" | "settings"> {
  const read: ReadBranch[] = [];
  const settings: [string, unknown][] = [];
  const collect = (value: unknown, keys: readonly string[]): void => {
    const key = keys.at(-1) ?? "branches";
    if (key !== "over" && isStepList(value)) read.push({ label: labelOf(type, keys), steps: readSteps(value) });
    else if (key !== "over" && Array.isArray(value)) {
      for (const [at, member] of value.entries()) collect(member, [...keys, String(at + 1)]);
    } else if (key !== "over" && isMap(value)) {
      for (const [name, member] of Object.entries(value)) collect(member, [...keys, name]);
    } else if (value !== undefined) settings.push([key, value]);
  };
  collect(branches, []);
  collect(steps, ["steps"]);
  return { branches: read, settings };
}

/** `if_true` is "if true", a switch's case "when …"; what stands in a list is counted. */
function labelOf(type: string, keys: readonly string[]): string {
  const key = keys.at(-1) ?? "steps";
  const counted = keys.find((one) => /^\d+$/.test(one));
  if (type !== "switch" && counted !== undefined) return `branch ${counted}`;
  if (key === "if_true") return "if true";
  if (key === "if_false") return "if false";
  if (key === "default") return "otherwise";
  if (type === "switch") return `when ${key}`;
  if (key !== "steps") return key;
  if (type === "parallel") return "all at the same time";
  return type === "map" ? "for each item" : "in this order";
}

function isStepList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.every((member) => workflowStep.safeParse(member).success);
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
