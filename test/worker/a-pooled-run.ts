import { runInDurableObject } from "cloudflare:test";
import type { Run } from "../../src/contract/run/run.ts";
import { type RunEvent, runEvent } from "../../src/contract/run/run-event.ts";
import type { JobOffer } from "../../src/contract/runner/to-runner.ts";
import { aDocument, aName, publish } from "../http/a-registry.ts";
import { aRun } from "../http/a-run.ts";
import { poolStub, TestRunner } from "./a-runner.ts";

/** A template of its own name, published; its handler has that name too. */
export async function aTemplate(parts: Parameters<typeof aDocument>[1] = {}): Promise<string> {
  const name = aName("pooled");
  await publish(aDocument(name, parts));
  return name;
}

/** A run that a runner of a pool of its own has: what most tests begin with. */
export async function aLeasedRun(
  pool: string,
  parts: {
    template?: Parameters<typeof aDocument>[1];
    request?: object;
    runner?: Parameters<typeof TestRunner.connect>[0];
  } = {},
): Promise<{ name: string; run: Run; runner: TestRunner; job: JobOffer }> {
  const name = await aTemplate(parts.template);
  const { runner } = await TestRunner.connect({ pool, handlers: [name], ...parts.runner });
  const run = await aRun(name, { inputs: {}, pool, ...parts.request });
  return { name, run, runner, job: await runner.hear("job") };
}

/** All events that the pool has of a run. */
export async function eventsOf(pool: string, runId: string): Promise<RunEvent[]> {
  return runInDurableObject(poolStub(pool), (_, { storage }) =>
    storage.sql
      .exec<{ json: string }>("SELECT json FROM event WHERE run_id = ? ORDER BY id", runId)
      .toArray()
      .map(({ json }) => runEvent.parse(JSON.parse(json))),
  );
}
