import { setTimeout as pause } from "node:timers/promises";
import { type Entity, entity } from "../../../src/contract/entity/entity.ts";
import { entityPage } from "../../../src/contract/http/entities.ts";
import { runPage } from "../../../src/contract/http/runs.ts";
import { type Run, run } from "../../../src/contract/run/run.ts";

/** What tests ask of a registry about runs; every answer is parsed by the contract. */
export interface RunCalls {
  publish(template: object): Promise<void>;
  /** Runs under an Idempotency-Key, again and again until it is answered. Answers the run's id. */
  runSurely(reference: string, inputs: Record<string, unknown>, key: string): Promise<string>;
  getRun(id: string): Promise<Run>;
  /** How many runs have ended. */
  countEnded(): Promise<number>;
  /** Output entities that name the run. */
  outputsOf(runId: string): Promise<string[]>;
  getEntity(id: string): Promise<Entity>;
  /** The bytes of a file. */
  getFile(digest: string): Promise<Uint8Array>;
}

export function runCalls(url: string, adminToken: string): RunCalls {
  const headers = { authorization: `Bearer ${adminToken}`, "content-type": "application/json" };
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, { headers });
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const countOf = async (query: string): Promise<number> => {
    let count = 0;
    let cursor: string | null = null;
    do {
      const next: string = cursor === null ? "" : `&cursor=${cursor}`;
      const page = runPage.parse(await get(`/v1/runs?limit=200${query}${next}`));
      count += page.items.length;
      cursor = page.next_cursor;
    } while (cursor !== null);
    return count;
  };
  return {
    async publish(template) {
      const response = await fetch(`${url}/v1/templates`, {
        method: "POST",
        headers,
        body: JSON.stringify({ template }),
      });
      if (!response.ok) throw new Error(`publishing answered ${response.status}: ${await response.text()}`);
    },
    async runSurely(reference, inputs, key) {
      for (let tries = 0; tries < 600; tries++) {
        try {
          const response = await fetch(`${url}/v1/templates/${reference}/runs`, {
            method: "POST",
            headers: { ...headers, "idempotency-key": key },
            body: JSON.stringify({ inputs }),
            signal: AbortSignal.timeout(20_000),
          });
          if (response.status === 202 || response.status === 200) return run.parse(await response.json()).id;
          const told = await response.text();
          if (response.status < 500) throw new Error(`refused: ${response.status} ${told}`);
        } catch (error) {
          if (error instanceof Error && error.message.startsWith("refused")) throw error;
        }
        await pause(250);
      }
      throw new Error(`${reference} was never answered`);
    },
    getRun: async (id) => run.parse(await get(`/v1/runs/${id}`)),
    async countEnded() {
      const counts = await Promise.all(["succeeded", "failed", "cancelled"].map((state) => countOf(`&state=${state}`)));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    outputsOf: async (runId) =>
      entityPage.parse(await get(`/v1/entities?role=output&run=${runId}`)).items.map((found) => found.ecs_id),
    getEntity: async (id) => entity.parse(await get(`/v1/entities/${id}`)),
    async getFile(digest) {
      const response = await fetch(`${url}/v1/files/${digest}`, { headers });
      if (!response.ok) throw new Error(`file ${digest} answered ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}
