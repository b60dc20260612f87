import type { Field } from "../../contract/template/field.ts";
import { type DataFlow, dataFlow, type FlowStep } from "./data-flow.ts";
import { allNodes, type StepNode } from "./step-node.ts";

/** What the inputs of a workflow are, where it declares them. */
export interface DeclaredInputs {
  fields: ReadonlyMap<string, Field>;
  /** Names of inputs that are declared with an error. */
  broken: ReadonlySet<string>;
}

/** A workflow's steps by all that they are looked up by. */
export interface WorkflowFacts {
  flow: DataFlow;
  nodes: ReadonlyMap<string, StepNode>;
  /** Each step's place in the order, by its path. */
  placed: ReadonlyMap<string, FlowStep>;
  /** More than one where branches that exclude each other share an id. */
  byId: ReadonlyMap<string, readonly FlowStep[]>;
  /** Null where none are declared: then nothing is known of them. */
  inputs: DeclaredInputs | null;
}

/** Puts together what is known of a workflow's steps. */
export function workflowFacts(steps: readonly StepNode[], inputs: DeclaredInputs | null): WorkflowFacts {
  const flow = dataFlow(steps);
  const byId = new Map<string, FlowStep[]>();
  for (const step of flow.steps) if (step.id !== step.path) byId.set(step.id, [...(byId.get(step.id) ?? []), step]);
  return {
    flow,
    nodes: new Map(allNodes(steps).map((node) => [node.path, node])),
    placed: new Map(flow.steps.map((step) => [step.path, step])),
    byId,
    inputs,
  };
}

/** The steps that a step stands in, the outermost first, each with the key of the branch. */
export function stepsAround(facts: WorkflowFacts, step: FlowStep | null): { path: string; branch: string }[] {
  const around: { path: string; branch: string }[] = [];
  for (let inside = step?.inside ?? null; inside !== null; inside = facts.placed.get(inside.path)?.inside ?? null) {
    around.unshift(inside);
  }
  return around;
}
