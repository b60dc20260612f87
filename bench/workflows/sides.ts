import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { findWorkerd } from "../load/cpu-time.ts";
import { call } from "./bench-function.ts";
import type { WorkflowStage } from "./open-workflow-stage.ts";
import { atOnce, expectedOf, inputsOf, nameOf, type Shape } from "./shape.ts";

/** One way to run the workflows of the bench. */
export interface Side {
  name: string;
  /** Where the function is called. */
  function: string;
  /** What does the work, but for the sandbox, which is the same for all. */
  pids: number[];
  /** Runs one from its request to its end; fails unless it gave what it must. */
  run(shape: Shape): Promise<void>;
}

/** Callsheet first, bare Cloudflare Workflows second: ratios are to the second. */
export function sidesOf({ registry, bare, restate, adminToken }: WorkflowStage): Side[] {
  const sandboxed = "isolate of its own";
  const pids = [findWorkerd() ?? -1];
  return [
    {
      name: "callsheet",
      function: sandboxed,
      pids,
      run: async (shape) => {
        const url = `${registry}/v1/workflows/${nameOf(shape)}/runs`;
        const headers = { authorization: `Bearer ${adminToken}`, prefer: "wait=60" };
        checkResults(await post(url, { inputs: inputsOf(shape) }, headers), shape, resultsOfRun);
      },
    },
    {
      name: "bare Cloudflare Workflows",
      function: sandboxed,
      pids,
      run: async (shape) => checkResults(await post(bare, { ...shape, atOnce, call }), shape),
    },
    {
      name: "bare Cloudflare Workflows",
      function: "none",
      pids,
      run: async (shape) => checkResults(await post(bare, { ...shape, atOnce, call: null }), shape),
    },
    ...(typeof restate === "string"
      ? []
      : [call, null].map((call) => ({
          name: "Restate",
          function: call === null ? "in its own process" : sandboxed,
          pids: restate.pids,
          run: async (shape: Shape) =>
            checkResults(await post(`${restate.url}/${shape.shape}`, { ...shape, atOnce, call }), shape),
        }))),
  ];
}

async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 1000)}`);
  return JSON.parse(text);
}

function checkResults(told: unknown, shape: Shape, resultsIn = (answer: unknown) => answer): void {
  const results = resultsIn(told);
  if (!isDeepStrictEqual(results, expectedOf(shape)))
    throw new Error(`${nameOf(shape)} gave ${JSON.stringify(told).slice(0, 1000)}`);
}

const succeededRun = z.object({ outputs: z.array(z.object({ outputs: z.object({ results: z.unknown() }) })) });

function resultsOfRun(told: unknown): unknown {
  const parsed = succeededRun.safeParse(told);
  return parsed.success ? parsed.data.outputs[0]?.outputs.results : null;
}
