import { type Command, Option } from "commander";
import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import { interfaceOfWorkflow } from "../../domain/workflow/skill-interface.ts";
import { outlineWorkflow } from "../../domain/workflow-graph/outline-workflow.ts";
import { type GraphNode, workflowGraph } from "../../domain/workflow-graph/workflow-graph.ts";
import { exampleText } from "../example-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { inSession, type Session } from "../session.ts";
import { tellFindings } from "../tell-issues.ts";
import { describeType } from "../terminal/describe-type.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { plainText } from "../terminal/plain-text.ts";
import { usualWidth } from "../terminal/render-workflow.ts";
import { railsLegend, renderGraph } from "../terminal/workflow/render-graph.ts";
import { workflowMermaid } from "../terminal/workflow/workflow-mermaid.ts";
import { wrapText } from "../terminal/wrap-text.ts";
import { findWorkflow, workflowReference } from "../workflows/find-workflow.ts";
import { isWorkflowFile, readWorkflowFile } from "../workflows/read-workflow-file.ts";

/** `callsheet workflows graph`. */
export function addWorkflowsGraph(workflows: Command): void {
  workflows
    .command("graph")
    .description("draw the steps of a workflow: what follows what, what runs at the same time, what chooses")
    .argument("<workflow>", "a file, or the name of one that is published: name, name@1.2.3, name@tag")
    .addOption(new Option("--mermaid", "as a Mermaid flowchart, for pages that draw one"))
    .addHelpText(
      "after",
      exampleText(
        "workflows graph code-generation.yaml",
        "workflows graph code-generation@v1 --mermaid > code-generation.mmd",
      ),
    )
    .action((text: string, flags: { mermaid?: boolean }, command: Command) =>
      inSession(command, (session) => drawOne(session, text, flags.mermaid === true)),
    );
}

async function drawOne(session: Session, text: string, isMermaid: boolean): Promise<ExitCode> {
  const { terminal } = session;
  let workflow: WorkflowDocument;
  if (await isWorkflowFile(text)) {
    const read = await readWorkflowFile(text);
    if (read.workflow === null) {
      const { issues, texts } = read;
      tellFindings(terminal, "human", { report: { valid: false }, issues, texts, checked: "1 workflow, not drawn" });
      return exitCodes.invalid;
    }
    workflow = read.workflow;
  } else {
    workflow = await findWorkflow(session.client(), workflowReference(text));
  }
  terminal.answer(isMermaid ? { mermaid: workflowMermaid(workflow) } : jsonOf(workflow), () =>
    isMermaid ? workflowMermaid(workflow) : draw(terminal, workflow),
  );
  return exitCodes.ok;
}

function draw(terminal: Terminal, workflow: WorkflowDocument): string {
  const { colors } = terminal;
  const { id, version, name } = workflow.metadata;
  const width = terminal.width ?? usualWidth;
  const { inputs, outputs } = interfaceOfWorkflow(workflow);
  const taken = Object.entries(inputs ?? {}).map(([key, field]) => `${plainText(key)} (${describeType(field)})`);
  const outline = outlineWorkflow(workflow);
  const legend = railsLegend(outline);
  return [
    `${colors.bold(id)} ${version}  ${plainText(name)}`,
    ...named("takes", inputs === null ? "whatever a run gives" : taken.join(", ") || "nothing", width),
    ...renderGraph(outline, width, colors),
    ...named(
      "gives",
      outputs === null ? "what the last step gives" : Object.keys(outputs).map(plainText).join(", "),
      width,
    ),
    ...(legend === null ? [] : ["", colors.dim(legend)]),
  ].join("\n");
}

function named(name: string, text: string, width: number): string[] {
  const lead = `${name}  `;
  return wrapText(text, width - lead.length).map((line, at) => (at === 0 ? lead : " ".repeat(lead.length)) + line);
}

function jsonOf(workflow: WorkflowDocument): unknown {
  const { nodes, edges } = workflowGraph(workflow);
  const { id, version } = workflow.metadata;
  const { inputs, outputs } = interfaceOfWorkflow(workflow);
  return {
    ...{ name: id, version },
    inputs: inputs === null ? null : Object.keys(inputs),
    outputs: outputs === null ? null : Object.keys(outputs),
    nodes: nodes.map(jsonOfNode),
    edges,
  };
}

function jsonOfNode({ chosenBy, atOnce, timeoutSeconds, ...node }: GraphNode): unknown {
  return { ...node, chosen_by: chosenBy, max_concurrency: atOnce, timeout_seconds: timeoutSeconds };
}
