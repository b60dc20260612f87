import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import { runPage } from "../../../src/contract/http/runs.ts";
import { stepPage } from "../../../src/contract/http/workflow-runs.ts";
import { type Run, type RunSummary, run } from "../../../src/contract/run/run.ts";
import type { StepState } from "../../../src/contract/workflow/step-state.ts";

/** What a storm asks of a registry that comes and goes: each call is repeated until there is an answer. */
export interface StormCalls {
  publish(kind: "functions" | "templates" | "workflows" | "agents", body: object | string): Promise<void>;
  /** Runs a workflow under a key; answers the run's id. */
  start(name: string, inputs: object, key: string): Promise<string>;
  run(id: string): Promise<Run>;
  steps(id: string): Promise<StepState[]>;
  children(id: string): Promise<RunSummary[]>;
  /** The status, and the body as text. */
  approve(id: string, step: string, approved: boolean): Promise<Answer>;
  cancel(id: string): Promise<Answer>;
}

export interface Answer {
  status: number;
  text: string;
}

const patienceMs = 180_000;

export function stormCalls(url: string, adminToken: string): StormCalls {
  const headers = { authorization: `Bearer ${adminToken}`, "content-type": "application/json" };

  /** Whatever is no answer of ours, or says that it is no answer, is asked again. */
  const surely = async (method: string, path: string, body?: string, more: Record<string, string> = {}) => {
    const deadline = performance.now() + patienceMs;
    for (let last = "nothing"; ; ) {
      try {
        const response = await fetch(url + path, {
          method,
          headers: { ...headers, ...more },
          ...(body === undefined ? {} : { body }),
          signal: AbortSignal.timeout(20_000),
        });
        const answer: Answer = { status: response.status, text: await response.text() };
        if (answer.status < 500) return answer;
        last = `${answer.status} ${answer.text}`;
      } catch (error) {
        last = String(error);
      }
      if (performance.now() > deadline) throw new Error(`${method} ${path} was never answered; at last: ${last}`);
      await pause(200);
    }
  };

  const told = async <Schema extends z.ZodType>(
    schema: Schema,
    method: string,
    path: string,
    ...rest: [string?, Record<string, string>?]
  ) => {
    const { status, text } = await surely(method, path, ...rest);
    if (status >= 300) throw new Error(`${method} ${path} was answered ${status}: ${text}`);
    return schema.parse(JSON.parse(text));
  };

  const all = async <Item>(page: (cursor: string) => Promise<{ items: Item[]; next_cursor: string | null }>) => {
    const items: Item[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const one: { items: Item[]; next_cursor: string | null } = await page(cursor === "" ? "" : `&cursor=${cursor}`);
      items.push(...one.items);
      cursor = one.next_cursor;
    }
    return items;
  };

  return {
    async publish(kind, body) {
      const isSource = typeof body === "string";
      const type = isSource ? "application/typescript" : "application/json";
      const { status, text } = await surely("POST", `/v1/${kind}`, isSource ? body : JSON.stringify(body), {
        "content-type": type,
      });
      if (status >= 300) throw new Error(`publishing was answered ${status}: ${text}`);
    },
    start: async (name, inputs, key) =>
      (await told(run, "POST", `/v1/workflows/${name}/runs`, JSON.stringify({ inputs }), { "idempotency-key": key }))
        .id,
    run: (id) => told(run, "GET", `/v1/runs/${id}`),
    steps: (id) => all((cursor) => told(stepPage, "GET", `/v1/runs/${id}/steps?limit=100${cursor}`)),
    children: (id) => all((cursor) => told(runPage, "GET", `/v1/runs?parent=${id}&limit=100${cursor}`)),
    approve: (id, step, approved) => surely("POST", `/v1/runs/${id}:approve`, JSON.stringify({ step, approved })),
    cancel: (id) =>
      surely("POST", `/v1/runs/${id}:cancel`, JSON.stringify({ reason: "the storm has changed its mind" })),
  };
}
