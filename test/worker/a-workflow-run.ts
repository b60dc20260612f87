import { expect } from "vitest";
import type { Run } from "../../src/contract/run/run.ts";
import type { StepState } from "../../src/contract/workflow/step-state.ts";
import { ask, askJson } from "../http/a-registry.ts";
import { runOf } from "../http/a-run.ts";

let published = 0;

/** Publishes a workflow of these steps and answers its name. */
export async function aWorkflow(parts: Record<string, unknown> & { steps: unknown[] }): Promise<string> {
  published += 1;
  const id = `flow-${crypto.randomUUID().slice(0, 8)}-${published}`;
  const metadata = { id, name: id, version: "1.0.0", description: "Made by a test." };
  const response = await askJson("POST", "/v1/workflows", { metadata, ...parts });
  expect(response.status, await response.clone().text()).toBe(201);
  return id;
}

/** Runs it and waits for its end. */
export async function workflowRun(name: string, inputs: object = {}, more: object = {}): Promise<Run> {
  const response = await ask("POST", `/v1/workflows/${name}/runs`, {
    body: JSON.stringify({ inputs, ...more }),
    type: "application/json",
    headers: { Prefer: "wait=30" },
  });
  return runOf(response, 200);
}

/** Begins it and does not wait. */
export async function begunWorkflow(name: string, inputs: object = {}): Promise<Run> {
  const response = await ask("POST", `/v1/workflows/${name}/runs`, {
    body: JSON.stringify({ inputs }),
    type: "application/json",
  });
  return runOf(response, 202);
}

/** Begins it so that its steps go to a pool of their own. */
export async function runOfPool(name: string, pool: string, inputs: object = {}): Promise<Run> {
  return runOf(await askJson("POST", `/v1/workflows/${name}/runs`, { inputs, pool }), 202);
}

/** A step of a run, by its path. */
export function stepOf(run: Run, path: string): StepState {
  const step = run.steps?.find((known) => known.path === path);
  if (step === undefined)
    throw new Error(`run ${run.id} has no step ${path}: ${run.steps?.map((known) => known.path)}`);
  return step;
}

/** What a run that succeeded gave. */
export function outputsOf(run: Run): Record<string, unknown> | null {
  if (run.state !== "succeeded") throw new Error(`run ${run.id} has ${run.state}: ${JSON.stringify(run)}`);
  return run.outputs[0]?.outputs ?? null;
}
