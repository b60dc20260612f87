import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { commitEndings, mirrorLeases, type Success } from "../../src/bindings/d1/run/run-transitions.ts";
import { outputEntity } from "../../src/domain/entity/make-entity.ts";
import { placeEntity } from "../../src/operations/entity/place-entity.ts";
import { EndingQueue } from "../../src/operations/pool/ending/ending-queue.ts";
import { aRun } from "../http/a-run.ts";
import { broken } from "./a-broken-env.ts";
import { aTemplate } from "./a-pooled-run.ts";

const at = "2026-11-21T10:00:00.000Z";
const runner = { id: crypto.randomUUID(), name: "box", device: null };

/** How a run would succeed by one of its leases. */
async function aSuccess(runId: string, fence: number, text = "done"): Promise<Success> {
  const made = outputEntity({
    ecsId: crypto.randomUUID(),
    createdBy: "runner:box",
    createdAt: at,
    artifact: { kind: "template", name: "any", version: "1.0.0", digest: `sha256:${"a".repeat(64)}` },
    runId,
    outputIndex: 0,
    inputEcsId: crypto.randomUUID(),
    data: { result: text },
    files: [],
  });
  const placed = await placeEntity({ db: env.DB, blobs: env.BLOBS, now: () => new Date(at) }, made);
  if (!placed.ok) throw new Error(placed.failure.message);
  const attempt = { run_id: runId, attempt: fence, fence, runner, leased_at: at, ended_at: at, failure: null };
  return {
    state: "succeeded",
    runId,
    fence,
    attempt: fence,
    runner,
    startedAt: at,
    finishedAt: at,
    attempts: [{ ...attempt, outcome: "succeeded" }],
    deviceClass: "cpu",
    runSeconds: 1,
    outputsDigest: `sha256:${"b".repeat(64)}`,
    progress: { percent: 100, stage: null, fraction: null, message: null, eta_seconds: 0, preview: null, at },
    replay: null,
    entities: [placed.value],
  };
}

async function aQueuedRun(): Promise<string> {
  return (await aRun(await aTemplate(), { inputs: {}, pool: "commits" })).id;
}

function rowOf(runId: string) {
  return env.DB.prepare("SELECT * FROM run WHERE id = ?").bind(runId).first();
}

async function outputsOf(runId: string): Promise<unknown[]> {
  const { results } = await env.DB.prepare("SELECT data FROM entity WHERE derived_from_run = ?").bind(runId).all();
  return results.map((row) => row.data);
}

it("ends a run once, whoever is first: of two leases that race, one leaves all its rows and the other none", async () => {
  const runId = await aQueuedRun();
  const [first, second] = [await aSuccess(runId, 1, "one"), await aSuccess(runId, 2, "two")];
  const done = (await Promise.all([commitEndings(env.DB, [first]), commitEndings(env.DB, [second])])).flat();
  expect(done.filter(Boolean)).toHaveLength(1);
  const winner = done[0] ? { fence: 1, text: "one" } : { fence: 2, text: "two" };
  expect(await rowOf(runId)).toMatchObject({ state: "succeeded", fence: winner.fence });
  expect(await outputsOf(runId)).toEqual([`{"result":"${winner.text}"}`]);
  const attempts = await env.DB.prepare("SELECT fence FROM run_attempt WHERE run_id = ?").bind(runId).all();
  expect(attempts.results).toEqual([{ fence: winner.fence }]);
});

it("refuses the end by a lease that is older than one that D1 knows of", async () => {
  const runId = await aQueuedRun();
  const standing = { run_id: runId, state: "leased", state_since: at, attempt: 2, fence: 2, runner } as const;
  await mirrorLeases(env.DB, [{ ...standing, started_at: null, progress: null }], []);
  expect(await commitEndings(env.DB, [await aSuccess(runId, 1)])).toEqual([false]);
  expect(await outputsOf(runId)).toEqual([]);
  expect(await commitEndings(env.DB, [await aSuccess(runId, 2)])).toEqual([true]);
});

it("commits several runs in one batch, each by itself", async () => {
  const ids = [await aQueuedRun(), await aQueuedRun(), await aQueuedRun()];
  const endings = await Promise.all(ids.map((id) => aSuccess(id, 1)));
  const [, second] = endings;
  if (second === undefined) throw new Error("there are three");
  await commitEndings(env.DB, [second]);
  expect(await commitEndings(env.DB, endings)).toEqual([true, false, true]);
  for (const id of ids) expect(await outputsOf(id)).toHaveLength(1);
});

it("tells D1 nothing more of a run that has ended, nor of an older lease", async () => {
  const runId = await aQueuedRun();
  const standing = { run_id: runId, state_since: at, runner, started_at: at, progress: null };
  const told = (fence: number) =>
    mirrorLeases(env.DB, [{ ...standing, state: "running", attempt: fence, fence }], []).then((taken) =>
      taken.has(runId),
    );
  expect([await told(2), await told(1), await told(2)]).toEqual([true, false, true]);
  await commitEndings(env.DB, [await aSuccess(runId, 2)]);
  expect(await told(3)).toBe(false);
  expect(await rowOf(runId)).toMatchObject({ state: "succeeded", fence: 2 });
});

it("keeps how an attempt ended, whatever late word says that it is under way", async () => {
  const runId = await aQueuedRun();
  const attempt = { run_id: runId, attempt: 1, fence: 1, runner, leased_at: at, failure: null };
  await mirrorLeases(env.DB, [], [{ ...attempt, ended_at: at, outcome: "released" }]);
  await mirrorLeases(env.DB, [], [{ ...attempt, ended_at: null, outcome: "under_way" }]);
  const row = await env.DB.prepare("SELECT outcome, ended_at FROM run_attempt WHERE run_id = ?").bind(runId).first();
  expect(row).toEqual({ outcome: "released", ended_at: at });
});

it("lets one ending that D1 will never take fail alone, not those that came with it", async () => {
  const queue = new EndingQueue(env.DB);
  const ids = [await aQueuedRun(), await aQueuedRun(), await aQueuedRun()];
  const [first, bad, last] = await Promise.all(ids.map((id) => aSuccess(id, 1)));
  if (first === undefined || bad === undefined || last === undefined) throw new Error("there are three");
  // The same entity twice: its second insert breaks a unique key.
  const poison = { ...bad, entities: [...bad.entities, ...bad.entities] };
  const settled = await Promise.allSettled([first, poison, last].map((ending) => queue.commit(ending)));
  expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await outputsOf(bad.runId)).toEqual([]);
  expect(await rowOf(last.runId)).toMatchObject({ state: "succeeded" });
});

it("throws when D1 does not answer, and takes the same ending when it is back", async () => {
  const runId = await aQueuedRun();
  const ending = await aSuccess(runId, 1);
  await expect(new EndingQueue(broken(env.DB)).commit(ending)).rejects.toThrow("Network connection lost");
  expect(await new EndingQueue(env.DB).commit(ending)).toBe(true);
});
