import { env } from "cloudflare:test";
import { v7 } from "uuid";
import { expect, it } from "vitest";
import { commitCancel } from "../../../src/bindings/d1/run/commit-cancel.ts";
import { insertRun, type NewRun } from "../../../src/bindings/d1/run/insert-run.ts";
import { loadRun } from "../../../src/bindings/d1/run/load-run.ts";
import { loadJob } from "../../../src/bindings/d1/run/run-row.ts";
import { inputEntity } from "../../../src/domain/entity/make-entity.ts";
import { placeEntity } from "../../../src/operations/entity/place-entity.ts";
import { newRunRow } from "../../../src/operations/run/prepared-run.ts";

const digest = `sha256:${"a".repeat(64)}`;
const at = "2026-01-01T00:00:00.000Z";

/** A run that nothing is missing from; a test states only what matters to it. */
async function aNewRun(parts: { entityId?: string; key?: string; requestDigest?: string } = {}): Promise<NewRun> {
  const ecsId = parts.entityId ?? v7();
  const artifact = { kind: "template", name: "painter", version: "1.0.0", digest } as const;
  const data = { prompt: "x" };
  const entity = inputEntity({
    ecsId,
    createdAt: at,
    createdBy: "admin",
    artifact,
    data,
    attributeSource: {},
    borrowed: [],
    files: [digest],
  });
  const placed = await placeEntity({ db: env.DB, blobs: env.BLOBS, now: () => new Date(at) }, entity);
  if (!placed.ok) throw new Error(placed.failure.message);
  const prepared = {
    labels: { team: "x", rack: "7" },
    createdBy: "admin",
    inputEntity: placed.value,
    job: {
      ...artifact,
      run_id: v7(),
      flattened_digest: digest,
      pool: "made.here",
      priority: 5,
      created_at: at,
      needs: {
        gpu: false,
        vram_mb: 0,
        cpu_cores: 1,
        memory_mb: 1,
        disk_mb: 0,
        compute_capability: null,
        memory_type: null,
        packages: [],
        models: [],
        handler: "painter",
        labels: {},
        sandbox: false,
      },
      handler: "painter",
      source: null,
      stages: null,
      estimated_seconds: null,
      timeout_seconds: 600,
      max_attempts: 3,
      inputs: data,
      inputs_digest: null,
      input_entity: ecsId,
      parameters: {},
      quality: null,
      files: [],
      replay_of: null,
      parent: null,
    },
  };
  const { key = null, requestDigest = digest } = parts;
  return {
    row: newRunRow(prepared),
    job: prepared.job,
    inputEntity: placed.value,
    keyed: key === null ? null : { caller: "admin", key, requestDigest },
  };
}

async function tracesOf(run: NewRun): Promise<Record<string, unknown>> {
  const counts = {
    runs: "SELECT COUNT(*) FROM run WHERE id = ?1",
    labels: "SELECT COUNT(*) FROM run_label WHERE run_id = ?1",
    keys: "SELECT COUNT(*) FROM idempotency_key WHERE run_id = ?1",
    entities: "SELECT COUNT(*) FROM entity WHERE ecs_id = ?2",
    files: "SELECT COUNT(*) FROM entity_file WHERE ecs_id = ?2",
  };
  const columns = Object.entries(counts).map(([name, query]) => `(${query}) AS ${name}`);
  const found = await env.DB.prepare(`SELECT ${columns.join(", ")}`)
    .bind(run.row.id, run.row.input_entity)
    .first();
  return found ?? {};
}

it("records everything together, and reads it back as it was", async () => {
  const run = await aNewRun({ key: "one" });
  expect(await insertRun(env.DB, run)).toBe(true);
  expect(await tracesOf(run)).toEqual({ runs: 1, labels: 2, keys: 1, entities: 1, files: 1 });
  expect(await loadRun(env.DB, run.row.id)).toEqual({ row: run.row, attempts: [], outputs: [] });
  expect(await loadJob(env.DB, run.row.id)).toEqual(run.job);
  expect(await env.DB.prepare("SELECT name FROM pool WHERE name = 'made.here'").first("name")).toBe("made.here");
});

it("records nothing when the key is taken", async () => {
  await insertRun(env.DB, await aNewRun({ key: "taken" }));
  const late = await aNewRun({ key: "taken" });
  expect(await insertRun(env.DB, late)).toBe(false);
  expect(await tracesOf(late)).toEqual({ runs: 0, labels: 0, keys: 0, entities: 0, files: 0 });
});

it("records nothing when any part of it cannot be, and leaves the key free", async () => {
  const entityId = v7();
  await insertRun(env.DB, await aNewRun({ entityId }));
  const clashing = await aNewRun({ entityId, key: "free" });
  await expect(insertRun(env.DB, clashing)).rejects.toThrow("UNIQUE");
  expect(await tracesOf(clashing)).toMatchObject({ runs: 0, labels: 0, keys: 0 });
  expect(await insertRun(env.DB, await aNewRun({ key: "free" }))).toBe(true);
});

it("cancels once, and ends the attempt that is under way", async () => {
  const run = await aNewRun();
  await insertRun(env.DB, run);
  const runner = JSON.stringify({ id: "r", name: "box", device: null });
  const attempt =
    "INSERT INTO run_attempt (run_id, fence, attempt, runner, leased_at, outcome) VALUES (?, ?, ?, ?, ?, ?)";
  await env.DB.batch([
    env.DB.prepare(attempt).bind(run.row.id, 1, 1, runner, at, "failed"),
    env.DB.prepare(attempt).bind(run.row.id, 2, 2, runner, at, "under_way"),
  ]);
  const cancellation = { runId: run.row.id, by: "admin", reason: "enough", at: "2026-01-01T00:01:00.000Z" };
  expect(await commitCancel(env.DB, cancellation)).toBe(true);
  expect(await commitCancel(env.DB, { ...cancellation, reason: "again" })).toBe(false);
  expect(await commitCancel(env.DB, { ...cancellation, runId: v7() })).toBe(false);
  const stored = await loadRun(env.DB, run.row.id);
  expect(stored?.row).toMatchObject({ state: "cancelled", cancel_reason: "enough", finished_at: cancellation.at });
  expect(stored?.attempts.map(({ outcome }) => outcome)).toEqual(["failed", "cancelled"]);
});
