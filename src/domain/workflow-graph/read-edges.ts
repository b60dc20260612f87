import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import { copyJson, isMap } from "../document/json-value.ts";
import type { FlowStep } from "../workflow/data-flow.ts";
import { readSite } from "../workflow/read-site.ts";
import { readSteps } from "../workflow/read-steps.ts";
import { sitesOfStep } from "../workflow/sites-of-step.ts";
import { stepsAround, type WorkflowFacts, workflowFacts } from "../workflow/workflow-facts.ts";
import type { GraphEdge } from "./graph-edge.ts";

/** Who reads what of whom, once for each value; `pathOf` gives a step's path by its pointer. */
export function readEdges(workflow: WorkflowDocument, pathOf: ReadonlyMap<string, string>): GraphEdge[] {
  const root = copyJson(workflow);
  if (!isMap(root)) return [];
  const facts = workflowFacts(readSteps(root).steps, null);
  const edges = new Map<string, GraphEdge>();
  for (const reader of facts.flow.steps) {
    for (const { id, label } of readsOf(facts, reader)) {
      for (const giver of givers(facts, reader, id)) {
        const [from, to] = [pathOf.get(giver.path), pathOf.get(reader.path)];
        if (from === undefined || to === undefined || from === to) continue;
        edges.set(JSON.stringify([from, to, label]), { from, to, kind: "reads", label });
      }
    }
  }
  return [...edges.values()];
}

/** Steps that a step's own texts refer to, by id, with what is read of each. */
function readsOf(facts: WorkflowFacts, reader: FlowStep): { id: string; label: string | null }[] {
  const node = facts.nodes.get(reader.path);
  if (node === undefined) return [];
  return sitesOfStep(node, reader)
    .flatMap((site) => readSite(site).expressions)
    .flatMap(({ references }) => references)
    .flatMap(({ path: [root, id, , ...rest] }) => {
      if (root !== "steps" || id === undefined) return [];
      return [{ id, label: rest.length === 0 ? null : rest.join(".") }];
    });
}

/** The steps that an id may mean there: branches that exclude each other may share one. */
function givers(facts: WorkflowFacts, reader: FlowStep, id: string): FlowStep[] {
  const around = new Map(stepsAround(facts, reader).map(({ path, branch }) => [path, branch]));
  return (facts.byId.get(id) ?? []).filter((giver) =>
    stepsAround(facts, giver).every(({ path, branch }) => (around.get(path) ?? branch) === branch),
  );
}
