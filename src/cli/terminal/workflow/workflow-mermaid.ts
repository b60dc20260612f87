import type { WorkflowDocument } from "../../../contract/workflow/document.ts";
import { defaultCase } from "../../../domain/workflow/choose-case.ts";
import type { StepKind } from "../../../domain/workflow/step-node.ts";
import { allSteps, type OutlineStep, outlineWorkflow } from "../../../domain/workflow-graph/outline-workflow.ts";
import { plainText, shorten } from "../plain-text.ts";
import { branchWords, stepRemarks, stepWords } from "./step-words.ts";

/** A workflow's order as a Mermaid flowchart, for pages that draw one. */
export function workflowMermaid(workflow: WorkflowDocument): string {
  const outline = outlineWorkflow(workflow);
  const names = new Map(allSteps(outline).map(({ path }, at) => [path, `s${at + 1}`]));
  const drawing: Drawing = { lines: [], edges: [], name: ({ path }) => names.get(path) ?? "s0" };
  const begin = terminalNode(workflow.inputs, "begins");
  const end = terminalNode(workflow.outputs, "ends");
  drawing.lines.push(`  begin(["${begin}"])`);
  const exits = drawList(drawing, outline, [{ from: "begin", label: null }], "  ");
  drawing.lines.push(`  done(["${end}"])`);
  drawing.edges.push(...exits.map((exit) => edge(exit, "done")));
  return ["flowchart TD", ...drawing.lines, ...drawing.edges.map((line) => `  ${line}`)].join("\n");
}

interface Drawing {
  lines: string[];
  edges: string[];
  name(step: OutlineStep): string;
}

/** Where the way goes on from, and what is written on it. */
interface Exit {
  from: string;
  label: string | null;
}

/** Draws steps one after the other, and answers where the way goes on behind them. */
function drawList(drawing: Drawing, steps: readonly OutlineStep[], entries: readonly Exit[], indent: string): Exit[] {
  let exits = entries;
  for (const step of steps) {
    const name = drawing.name(step);
    drawing.edges.push(...exits.map((exit) => edge(exit, name)));
    exits = drawStep(drawing, step, indent);
  }
  return [...exits];
}

/** A node of its own for every step, also for one with others inside: the way leads to it, and out of what is inside. */
function drawStep(drawing: Drawing, step: OutlineStep, indent: string): Exit[] {
  const { kind, branches } = step;
  const name = drawing.name(step);
  const here: Exit = { from: name, label: null };
  const [open, close] = shapes[kind];
  const node = `${name}${open}"${labelOf(step)}"${close}`;
  if (kind === "map") {
    // What is done for each item has a frame around it.
    drawing.lines.push(`${indent}subgraph ${name}f[" "]`, `${indent}  ${node}`);
    const exits = branches.flatMap(({ steps }) => drawList(drawing, steps, [here], `${indent}  `));
    drawing.lines.push(`${indent}end`);
    return exits;
  }
  drawing.lines.push(indent + node);
  if (kind === "call" || kind === "approval") return [here];
  if (kind === "sequence") return branches.flatMap(({ steps }) => drawList(drawing, steps, [here], indent));
  if (kind === "parallel") {
    return branches.flatMap(({ steps }) => steps.flatMap((one) => drawList(drawing, [one], [here], indent)));
  }
  const exits = branches.flatMap(({ key, steps }) =>
    drawList(drawing, steps, [{ from: name, label: branchWords(step, key) }], indent),
  );
  const isExhaustive = branches.some(({ key }) => key === (kind === "switch" ? defaultCase : "if_false"));
  return isExhaustive ? exits : [...exits, { from: name, label: "else" }];
}

const shapes = {
  call: ["[", "]"],
  approval: ["{{", "}}"],
  sequence: ["(", ")"],
  parallel: ["[/", "\\]"],
  conditional: ["{", "}"],
  switch: ["{", "}"],
  map: ["[[", "]]"],
} as const satisfies Record<StepKind, readonly [string, string]>;

function labelOf(step: OutlineStep): string {
  return [step.id, stepWords(step), ...stepRemarks(step)].map(quoted).join("<br/>");
}

function terminalNode(named: Record<string, unknown> | undefined, otherwise: string): string {
  const names = Object.keys(named ?? {});
  return quoted(names.length === 0 ? otherwise : names.join(", "));
}

function edge({ from, label }: Exit, to: string): string {
  return label === null ? `${from} --> ${to}` : `${from} -->|"${quoted(label)}"| ${to}`;
}

const widestLabel = 120;

/** Mermaid reads `#…;` as entities, `%%{` as orders to itself, backticks as Markdown, dollars as formulas. */
function quoted(text: string): string {
  return shorten(plainText(text), widestLabel).replace(/[#"<>&%$`\\]/g, (character) => `#${character.charCodeAt(0)};`);
}
