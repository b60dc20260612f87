import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { type WorkflowDocument, workflowDocument } from "../../contract/workflow/document.ts";
import type { ArtifactView } from "../artifact/artifact-view.ts";
import { describedFacts } from "../artifact/described-facts.ts";
import { newerReleaseNote } from "../artifact/newer-release-note.ts";
import type { Registry } from "../open-registry.ts";
import { element } from "../parts/element.ts";
import { fact } from "../parts/fact.ts";
import { skillFinder } from "../skill/skill-finder.ts";
import { declaredSection } from "./declared-section.ts";
import { countSteps, readSteps } from "./read-steps.ts";
import { stepList } from "./step-list.ts";

/** A workflow: what it is given, its steps with all their branches, what it gives. */
export function workflowView(registry: Registry, found: ResolvedArtifact, left: AbortSignal): ArtifactView {
  const workflow = workflowDocument.safeParse(found.document).data ?? null;
  const { name, version } = found;
  return {
    title: workflow?.metadata.name ?? null,
    description: workflow?.metadata.description,
    badges: [],
    facts:
      workflow === null
        ? []
        : [
            ...fact("Steps", String(countSteps(readSteps(workflow.steps)))),
            ...describedFacts("workflow", workflow.metadata),
          ],
    tabs: [
      {
        id: "steps",
        label: "Steps",
        open: () => (workflow === null ? newerReleaseNote(`${name}@${version}`) : stepsTab(registry, workflow, left)),
      },
    ],
    source: { mediaType: "application/yaml", language: null },
    comparison: null,
    generated: [],
  };
}

function stepsTab(registry: Registry, workflow: WorkflowDocument, left: AbortSignal): HTMLElement {
  const finder = skillFinder(registry, left);
  return element(
    "div",
    {},
    declaredSection("Inputs", workflow.inputs),
    element("section", {}, element("h2", {}, "Steps"), stepList(finder, readSteps(workflow.steps), left)),
    declaredSection("Outputs", workflow.outputs),
    declaredSection("When a step fails", workflow.error_handling),
  );
}
