import type { WorkflowDocument, WorkflowStep } from "../../contract/workflow/document.ts";
import { workflowStep } from "../../contract/workflow/document.ts";
import type { Colors, Terminal } from "./open-terminal.ts";
import { plainText } from "./plain-text.ts";
import { showValue } from "./show-value.ts";

const widestCondition = 80;

/** A workflow for people: what it is called, and its steps, one line each, those of branches below them. */
export function renderWorkflow(terminal: Terminal, title: readonly string[], workflow: WorkflowDocument): string {
  const { colors } = terminal;
  const { metadata } = workflow;
  const parts = [...title, "", `  ${colors.bold(plainText(metadata.name))}`];
  if (metadata.description !== undefined) {
    parts.push(...metadata.description.split("\n").map((line) => `  ${plainText(line)}`));
  }
  for (const key of ["inputs", "outputs"] as const) {
    const names = Object.keys(workflow[key] ?? {});
    if (names.length > 0) parts.push("", `  ${colors.dim(key.toUpperCase())}  ${names.map(plainText).join(", ")}`);
  }
  return [...parts, "", `  ${colors.dim("STEPS")}`, ...stepLines(workflow.steps, 1, colors)].join("\n");
}

/** The lines of a list of steps; `depth` is how deep it stands. */
function stepLines(steps: readonly WorkflowStep[], depth: number, colors: Colors): string[] {
  const width = Math.max(...steps.map(({ id }) => id.length));
  return steps.flatMap((step) => {
    const told = `${"  ".repeat(depth)}${colors.bold(step.id.padEnd(width))}  ${describeStep(step)}`.trimEnd();
    return [told, ...branchLines(step, depth + 1, colors)];
  });
}

/** What a step does: the skill that it asks for, or how its branches are gone through. */
function describeStep(step: WorkflowStep): string {
  const type = typeof step.step_type === "string" ? step.step_type : "sequential";
  const condition = step.condition === undefined ? "" : ` ${showValue(step.condition, widestCondition)}`;
  const over = isMap(step.branches) ? step.branches.over : undefined;
  switch (type) {
    case "conditional":
      return `if${condition}`;
    case "switch":
      return `switch${condition}`;
    case "map":
      return `for each of ${showValue(over, widestCondition)}`;
    case "sequential":
      return `${textOf(step.skill)}${condition === "" ? "" : `  when${condition}`}`;
    default:
      return plainText(`${type} ${textOf(step.skill)}`);
  }
}

function branchLines(step: WorkflowStep, depth: number, colors: Colors): string[] {
  if (!isMap(step.branches)) return [];
  return Object.entries(step.branches).flatMap(([key, branch]) => {
    const steps = stepsOf(branch);
    if (steps.length === 0) return [];
    // The only list of a parallel or a map needs no name.
    if (key === "steps") return stepLines(steps, depth, colors);
    return [`${"  ".repeat(depth)}${colors.dim(`${plainText(key)}:`)}`, ...stepLines(steps, depth + 1, colors)];
  });
}

/** What can be read of a branch: its rules are the registry's. */
function stepsOf(branch: unknown): WorkflowStep[] {
  if (!Array.isArray(branch)) return [];
  return branch.flatMap((step: unknown) => workflowStep.safeParse(step).data ?? []);
}

function textOf(skill: unknown): string {
  return typeof skill === "string" ? plainText(skill) : "";
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
