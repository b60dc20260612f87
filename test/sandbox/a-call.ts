import { env } from "cloudflare:test";
import { expect } from "vitest";
import { type EdgeCall, type EdgeOutcome, edgeOutcome } from "../../src/contract/function/edge-call.ts";
import { anEdgeCall } from "./an-edge-call.ts";

/** Calls the function `f` of a source in the sandbox. */
export async function callCode(code: string, given: Partial<EdgeCall> = {}): Promise<EdgeOutcome> {
  const body = JSON.stringify(anEdgeCall(code, given));
  const response = await env.SANDBOX.fetch("http://sandbox/call", { method: "POST", body });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return edgeOutcome.parse(JSON.parse(text));
}

/** What a call returned that must succeed. */
export async function returnedBy(code: string, inputs: Record<string, unknown> = {}): Promise<unknown> {
  const outcome = await callCode(code, { inputs });
  if (outcome.state === "failed") throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome.value;
}

/** How a call failed that must not succeed. */
export async function failureBy(
  code: string,
  given: Partial<EdgeCall> = {},
): Promise<Extract<EdgeOutcome, { state: "failed" }>> {
  const outcome = await callCode(code, given);
  if (outcome.state === "returned") throw new Error(`it returned ${JSON.stringify(outcome.value)}`);
  return outcome;
}
