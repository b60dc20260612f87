import { env } from "cloudflare:test";
import { expect } from "vitest";
import type { Run } from "../../src/contract/run/run.ts";
import { type WorkflowPlan, workflowPlan } from "../../src/contract/workflow/plan.ts";
import { ask } from "./a-registry.ts";
import { runOf } from "./a-run.ts";
import { anAgentName, aWorkflow, publishTo } from "./an-agent.ts";
import { anEdgeFunction } from "./an-edge-function.ts";

/** What a test states of a workflow; the rest makes one that is accepted. */
export interface FlowParts {
  name?: string;
  version?: string;
  metadata?: object;
  inputs?: object;
  outputs?: object;
  error_handling?: object;
  steps?: object[];
}

/** A workflow's document. A text as a step is a step that calls that skill. */
export function aFlow({ name = anAgentName("flow"), version = "1.0.0", metadata = {}, ...parts }: FlowParts) {
  const document = aWorkflow(name, parts);
  const told = { id: name, name: `The ${name}`, version, description: "Made by a test.", ...metadata };
  return { name, document: { ...document, metadata: told } };
}

/** A skill that needs no inputs, of a function at the edge. */
export function aSkill(): Promise<string> {
  return anEdgeFunction({ takes: "{ value?: number }", body: "return { result: inputs.value ?? 1 };" });
}

/** Steps that call these skills one after the other, with nothing. */
export function callsOf(...skills: string[]): object[] {
  return skills.map((skill, at) => ({ id: `s${at + 1}`, skill }));
}

/** Publishes a workflow and answers its name. */
export async function publishFlow(parts: FlowParts): Promise<string> {
  const { name, document } = aFlow(parts);
  await publishTo("/v1/workflows", document);
  return name;
}

/** Asks for a run of a workflow. */
export function askFlowRun(
  reference: string,
  body: object = { inputs: {} },
  headers: Record<string, string> = {},
): Promise<Response> {
  const type = "application/json";
  return ask("POST", `/v1/workflows/${reference}/runs`, { body: JSON.stringify(body), type, headers });
}

/** A run of a workflow that is begun. */
export async function begunFlow(reference: string, body: object = { inputs: {} }): Promise<Run> {
  return runOf(await askFlowRun(reference, body), 202);
}

/** The plan of a run. */
export async function planOf(runId: string): Promise<WorkflowPlan> {
  const row = await env.DB.prepare("SELECT plan_digest FROM workflow_run WHERE run_id = ?")
    .bind(runId)
    .first<{ plan_digest: string }>();
  expect(row, `run ${runId} has a plan`).not.toBeNull();
  const object = await env.BLOBS.get(`blobs/${row?.plan_digest.replace(":", "/")}`);
  return workflowPlan.parse(await object?.json());
}
