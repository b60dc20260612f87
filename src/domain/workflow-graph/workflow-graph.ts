import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import type { GraphEdge } from "./graph-edge.ts";
import { allSteps, type OutlineStep, outlineWorkflow } from "./outline-workflow.ts";
import { readEdges } from "./read-edges.ts";

/** A step of a graph: what it is, and what it stands in. Paths are as `OutlineStep` has them. */
export interface GraphNode extends Omit<OutlineStep, "branches"> {
  inside: { path: string; branch: string } | null;
}

/** A workflow as nodes and edges. */
export interface WorkflowGraph {
  /** In the order of the document, each before those inside of it. */
  nodes: GraphNode[];
  edges: GraphEdge[];
}

/** The graph of a checked workflow: which step waits for which, and which reads which. */
export function workflowGraph(workflow: WorkflowDocument): WorkflowGraph {
  const outline = outlineWorkflow(workflow);
  const pathOf = new Map(allSteps(outline).map(({ pointer, path }) => [pointer, path]));
  return {
    nodes: nodesOf(outline, null),
    edges: [...thenEdges(outline), ...allSteps(outline).flatMap(edgesInside), ...readEdges(workflow, pathOf)],
  };
}

function nodesOf(steps: readonly OutlineStep[], inside: GraphNode["inside"]): GraphNode[] {
  return steps.flatMap(({ branches, ...step }) => [
    { ...step, inside },
    ...branches.flatMap(({ key, steps: inner }) => nodesOf(inner, { path: step.path, branch: key })),
  ]);
}

function edgesInside({ path, kind, branches }: OutlineStep): GraphEdge[] {
  const isChoice = kind === "conditional" || kind === "switch";
  return branches.flatMap(({ key, steps }) => {
    const first = kind === "parallel" ? steps : steps.slice(0, 1);
    const begins = first.map(
      (step): GraphEdge => ({ from: path, to: step.path, kind: "branch", label: isChoice ? key : null }),
    );
    return kind === "parallel" ? begins : [...begins, ...thenEdges(steps)];
  });
}

function thenEdges(steps: readonly OutlineStep[]): GraphEdge[] {
  return steps.slice(1).flatMap((step, at): GraphEdge[] => {
    const before = steps[at];
    return before === undefined ? [] : [{ from: before.path, to: step.path, kind: "then", label: null }];
  });
}
