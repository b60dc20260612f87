import { artifactRoutes } from "../../contract/http/artifacts.ts";
import { limits } from "../../contract/limits.ts";
import type { Run } from "../../contract/run/run.ts";
import { workflowDocument } from "../../contract/workflow/document.ts";
import { element } from "../parts/element.ts";
import { loadingNote } from "../parts/loading-note.ts";
import { type ReadStep, readSteps } from "../workflow/read-steps.ts";
import { approvalSection } from "./approval-section.ts";
import type { LivePart, RunView } from "./live-part.ts";
import { loadSteps } from "./load-steps.ts";
import { stepTree } from "./step-tree.ts";
import { takeStep } from "./take-step.ts";

/** The part of a run's page that only a workflow's has: questions that wait, and its steps. */
export function workflowPart(view: RunView, run: Run, onRun: (run: Run) => void): LivePart {
  const approvals = approvalSection(view, run.id, onRun);
  const place = element("div", {}, loadingNote("the steps"));
  let tree: LivePart | null = null;

  async function load(): Promise<void> {
    const document = await readDocument(view, run);
    if (view.left.aborted) return;
    tree = stepTree(view, document);
    tree.refresh();
    place.replaceChildren(
      ...(document === null
        ? [element("p", { class: "quiet" }, "Its document cannot be read now; these are the steps that it came to.")]
        : []),
      tree.element,
    );
    if ((run.step_count ?? 0) > limits.stepsPerAnswer) await loadOthers();
  }

  async function loadOthers(): Promise<void> {
    try {
      for await (const page of loadSteps(view.registry, run.id, view.left)) {
        for (const step of page) takeStep(view.known, step);
        tree?.refresh();
      }
    } catch {
      if (view.left.aborted) return;
      place.append(element("p", { role: "alert" }, "Some of its steps could not be read; reload the page to see all."));
    }
  }

  void load();
  return {
    element: element("div", {}, approvals.element, element("section", {}, element("h2", {}, "Steps"), place)),
    refresh() {
      approvals.refresh();
      tree?.refresh();
    },
  };
}

/** The steps of the document that runs; null when it cannot be had, or not be read. */
async function readDocument({ registry, left }: RunView, { name, version }: Run): Promise<ReadStep[] | null> {
  try {
    const params = { reference: `${name}@${version}` };
    const found = await registry.client.call(artifactRoutes.workflow.get, { params, signal: left });
    const read = workflowDocument.safeParse(found.document);
    return read.success ? readSteps(read.data.steps) : null;
  } catch {
    return null;
  }
}
