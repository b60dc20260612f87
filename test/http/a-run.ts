import { expect } from "vitest";
import { type Run, run } from "../../src/contract/run/run.ts";
import { ask, askJson } from "./a-registry.ts";

/** A template that takes a bit of everything; a test states only what matters to it. */
export const plainInputs = {
  prompt: { type: "string", required: true, min_length: 1, max_length: 50 },
  steps: { type: "integer", min: 1, max: 100, default: 20 },
};

/** Asks for a run of a template. */
export function askRun(reference: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return ask("POST", `/v1/templates/${reference}/runs`, {
    body: JSON.stringify(body),
    type: "application/json",
    headers,
  });
}

/** A run that a test takes for granted. */
export async function aRun(
  reference: string,
  body: object = { inputs: { prompt: "a fox" } },
  headers: Record<string, string> = {},
): Promise<Run> {
  return runOf(await askRun(reference, body, headers), 202);
}

/** The run that an answer tells, checked by the contract. */
export async function runOf(response: Response, status = 200): Promise<Run> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  return run.parse(JSON.parse(text));
}

export async function getRun(id: string): Promise<Run> {
  return runOf(await ask("GET", `/v1/runs/${id}`));
}

export function cancelRun(id: string, body: object = {}): Promise<Response> {
  return askJson("POST", `/v1/runs/${id}:cancel`, body);
}
