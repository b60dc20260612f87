import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import { interfaceOfWorkflow } from "../../domain/workflow/skill-interface.ts";
import { outlineWorkflow } from "../../domain/workflow-graph/outline-workflow.ts";
import { fieldTable } from "./field-table.ts";
import type { Colors, Terminal } from "./open-terminal.ts";
import { plainText } from "./plain-text.ts";
import { showValue } from "./show-value.ts";
import { renderGraph } from "./workflow/render-graph.ts";

/** Where no terminal says how wide it is. */
export const usualWidth = 80;
const indent = "  ";

/** A workflow for people: what it is called, what it takes and gives, and its steps as a tree. */
export function renderWorkflow(terminal: Terminal, title: readonly string[], workflow: WorkflowDocument): string {
  const { colors } = terminal;
  const { metadata } = workflow;
  const parts = [...title, "", `${indent}${colors.bold(plainText(metadata.name))}`];
  if (metadata.description !== undefined) {
    parts.push(...metadata.description.split("\n").map((line) => `${indent}${plainText(line)}`));
  }
  const { inputs, outputs } = interfaceOfWorkflow(workflow);
  const given =
    inputs === null ? `${colors.dim("INPUT")}  whatever a run gives` : fieldTable(terminal, "INPUT", inputs, true);
  const width = (terminal.width ?? usualWidth) - indent.length;
  parts.push("", ...indented(given));
  parts.push(
    "",
    `${indent}${colors.dim("STEPS")}`,
    ...renderGraph(outlineWorkflow(workflow), width, colors).map(inside),
  );
  parts.push("", ...indented(outputs === null ? lastStep(colors) : fieldTable(terminal, "OUTPUT", outputs, false)));
  const rules = errorRules(workflow);
  if (rules !== null) parts.push("", `${indent}${colors.dim("when a step fails")}  ${rules}`);
  return parts.join("\n");
}

function lastStep(colors: Colors): string {
  return `${colors.dim("OUTPUT")}  what the last step gives`;
}

/** What `error_handling` says, in words. */
function errorRules({ error_handling: rules }: WorkflowDocument): string | null {
  if (rules === undefined) return null;
  const told = [
    ...(rules.retry_count === undefined || rules.retry_count === 0
      ? []
      : [`it is tried up to ${rules.retry_count + 1} times`]),
    ...(rules.on_error === undefined ? [] : [onErrorWords[rules.on_error]]),
    ...(rules.timeout === undefined ? [] : [`the whole may take ${showValue(rules.timeout)}`]),
  ];
  return told.length === 0 ? null : told.join("; ");
}

const onErrorWords = {
  fail: "then the run fails",
  continue: "then those go on that do not need it",
  compensate: "then what was done is undone, and the run fails",
  rollback: "then what was done is undone, and the run fails",
} as const;

function indented(text: string): string[] {
  return text.split("\n").map(inside);
}

function inside(line: string): string {
  return line === "" ? line : indent + line;
}
