import type { Command } from "commander";
import { exampleText } from "../example-text.ts";
import { refuseStray } from "../refuse-stray.ts";
import { inSession } from "../session.ts";
import { workflowReference } from "../workflows/find-workflow.ts";
import { addListFlags, type ListFlags, printCatalogue } from "./list.ts";
import { printArtifact, printSource } from "./show.ts";
import { addWorkflowsCheck } from "./workflows-check.ts";
import { addWorkflowsGraph } from "./workflows-graph.ts";

/** `callsheet workflows list | search | show | check | graph`. */
export function addWorkflowsCommand(program: Command): void {
  const workflows = program
    .command("workflows")
    .description("workflows: check one, draw its steps, look at what is published")
    .addHelpText(
      "after",
      exampleText("workflows check code-generation.yaml", "workflows graph code-generation", "workflows"),
    );
  addList(workflows);
  addSearch(workflows);
  addShow(workflows);
  addWorkflowsCheck(workflows);
  addWorkflowsGraph(workflows);
}

function addList(workflows: Command): void {
  addListFlags(workflows.command("list", { isDefault: true }))
    .allowExcessArguments()
    .description("workflows, by name")
    .addHelpText("after", exampleText("workflows list --tag code", "workflows --json"))
    .action((flags: ListFlags, command: Command) =>
      inSession(command, (session) => {
        refuseStray(command);
        return printCatalogue(session, "workflow", flags, undefined);
      }),
    );
}

function addSearch(workflows: Command): void {
  addListFlags(workflows.command("search"))
    .description("search workflows by name, description and tags, best first")
    .argument("<words...>", "what to look for")
    .addHelpText("after", exampleText("workflows search code review"))
    .action((words: string[], flags: ListFlags, command: Command) =>
      inSession(command, (session) => printCatalogue(session, "workflow", flags, words.join(" "))),
    );
}

function addShow(workflows: Command): void {
  workflows
    .command("show")
    .description("a workflow: what it takes, its steps, what it gives")
    .argument("<reference>", "name, name@1.2.3, name@^1, name@tag or name@sha256:…")
    .option("--source", "the source as it was published, comments and all")
    .addHelpText("after", exampleText("workflows show code-generation", "workflows show code-generation@v1 --source"))
    .action((text: string, flags: { source?: boolean }, command: Command) =>
      inSession(command, (session) => {
        const reference = `workflow/${workflowReference(text)}`;
        return flags.source ? printSource(session, reference) : printArtifact(session, reference);
      }),
    );
}
