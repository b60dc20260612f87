import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import type { Run } from "../../src/contract/run/run.ts";
import { createApp } from "../../src/http/app.ts";
import type { Needs } from "../../src/http/needs.ts";
import { wireRequest } from "../../src/worker/wire-request.ts";
import { adminToken, aName } from "./a-registry.ts";
import { runOf } from "./a-run.ts";
import { askFunctionRun, publishSource } from "./a-source.ts";

const app = createApp();

/** Publishes a TypeScript function and answers its name. A test states what it takes, gives and does. */
export async function anEdgeFunction(parts: {
  /** Type of its inputs. */
  takes?: string;
  /** Type of what it returns. */
  gives?: string;
  /** What it does with `inputs`. */
  body: string;
}): Promise<string> {
  const { takes = "{ value: number }", gives = "{ result: number }", body } = parts;
  const name = aName("edge");
  const source = `/** Made by a test. */\nexport async function ${name}(inputs: ${takes}): Promise<${gives}> {\n  ${body}\n}\n`;
  await publishSource(source, "", "application/typescript");
  return `javascript.${name}`;
}

/** A run of a function that has ended within its request. */
export async function edgeRun(name: string, inputs: object, more: object = {}): Promise<Run> {
  return runOf(await askFunctionRun(name, { inputs, ...more }), 200);
}

/** Asks for a run of a Worker some of whose needs are other ones. */
export async function askRunWith(
  gone: Partial<Needs>,
  name: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  const request = new Request(`http://localhost/v1/functions/${name}/runs`, {
    method: "POST",
    headers: { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const ctx = createExecutionContext();
  const response = await app.fetch(request, { ...wireRequest(env, ctx, request), ...gone }, ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

/** How many runs and entities there are. */
export async function countRecords(): Promise<{ runs: number; entities: number }> {
  const counts = "SELECT (SELECT COUNT(*) FROM run) AS runs, (SELECT COUNT(*) FROM entity) AS entities";
  const row = await env.DB.prepare(counts).first<{ runs: number; entities: number }>();
  return row ?? { runs: 0, entities: 0 };
}
