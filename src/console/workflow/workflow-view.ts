import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { callableRoutes } from "../../contract/http/artifacts.ts";
import { type WorkflowDocument, workflowDocument } from "../../contract/workflow/document.ts";
import type { ArtifactView } from "../artifact/artifact-view.ts";
import { describedFacts } from "../artifact/described-facts.ts";
import { newerReleaseNote } from "../artifact/newer-release-note.ts";
import { runPanel } from "../callable/run-panel.ts";
import type { Registry } from "../open-registry.ts";
import { element } from "../parts/element.ts";
import { fact } from "../parts/fact.ts";
import { comparisonLink } from "../place/place-link.ts";
import { skillFinder } from "../skill/skill-finder.ts";
import { calledSkills } from "./called-skills.ts";
import { declaredSection } from "./declared-section.ts";
import { countSteps, readSteps } from "./read-steps.ts";
import { stepList } from "./step-list.ts";

/** A workflow: what it is given, its steps with all their branches, what it gives, whom it calls; a form to run it. */
export function workflowView(registry: Registry, found: ResolvedArtifact, left: AbortSignal): ArtifactView {
  const workflow = workflowDocument.safeParse(found.document).data ?? null;
  const { name, version } = found;
  const exact = `${name}@${version}`;
  const runnable = { kind: "workflow", name, exact, inputs: workflow?.inputs ?? null, examples: [] } as const;
  const { schema, openapi } = callableRoutes.workflow;
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
        open: () => (workflow === null ? newerReleaseNote(exact) : stepsTab(registry, workflow, exact, left)),
      },
      { id: "run", label: "Run", open: () => runPanel(registry, runnable, left) },
    ],
    source: { mediaType: "application/yaml", language: null },
    comparison: comparisonLink("workflow", name, "", version),
    generated: [
      { label: "JSON Schema", path: schema.path },
      { label: "OpenAPI document", path: openapi.path },
    ],
  };
}

function stepsTab(registry: Registry, workflow: WorkflowDocument, exact: string, left: AbortSignal): HTMLElement {
  const finder = skillFinder(registry, left);
  return element(
    "div",
    {},
    declaredSection("Inputs", workflow.inputs),
    element("section", {}, element("h2", {}, "Steps"), stepList(finder, readSteps(workflow.steps), left)),
    declaredSection("Outputs", workflow.outputs),
    declaredSection("When a step fails", workflow.error_handling),
    calledSkills(registry, exact, left),
  );
}
