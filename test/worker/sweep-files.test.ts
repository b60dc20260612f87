import { env } from "cloudflare:test";
import { beforeEach, expect, it } from "vitest";
import { beginRemoval, endRemoval } from "../../src/bindings/d1/file/blob-references.ts";
import { blobKey, hasBlob, putBlob } from "../../src/bindings/r2/blob-store.ts";
import { removeOldIncoming, uploadKey } from "../../src/bindings/r2/incoming-store.ts";
import { limits } from "../../src/contract/limits.ts";
import { digestOfBytes } from "../../src/domain/document/canonical-digest.ts";
import { placeFile } from "../../src/operations/file/place-file.ts";
import { sweepBlobs } from "../../src/operations/maintenance/sweep-blobs.ts";
import { sweepFiles } from "../../src/operations/maintenance/sweep-files.ts";
import { sweepUploads } from "../../src/operations/maintenance/sweep-uploads.ts";
import { sweep } from "../../src/worker/sweep.ts";
import { begin, sendBytes, sendFile, sendPart, someBytes } from "../http/a-file.ts";
import { ask, refusalOf } from "../http/a-registry.ts";

const stores = { db: env.DB, blobs: env.BLOBS };
const day = 24 * 3600 * 1000;
const later = (ms: number) => new Date(Date.now() + ms);
const placing = { ...stores, now: () => new Date() };
const aNewFile = (digest: string) => ({
  digest,
  sizeBytes: 90,
  mediaType: "application/x-mine",
  name: null,
  by: "test",
});
const unused = limits.unusedFileSeconds * 1000;

beforeEach(async () => {
  await env.DB.batch([env.DB.prepare("DELETE FROM sweep_position"), env.DB.prepare("DELETE FROM blob_removal")]);
});

it("forgets files that nobody used for a week, and removes their bytes after that", async () => {
  const { digest } = await sendFile(someBytes(50));
  await sweepFiles(env.DB, later(unused - day));
  await sweepBlobs(stores, later(unused - day));
  expect((await ask("GET", `/v1/files/${digest}`)).status).toBe(200);
  expect(await sweepFiles(env.DB, later(unused + day))).toBeGreaterThanOrEqual(1);
  expect((await refusalOf(await ask("GET", `/v1/files/${digest}`), 404)).code).toBe("FILE_NOT_FOUND");
  expect(await hasBlob(env.BLOBS, digest)).toBe(true);
  await sweepBlobs(stores, later(unused + day));
  expect(await hasBlob(env.BLOBS, digest)).toBe(false);
});

it("keeps what an entity names, however old", async () => {
  const { digest } = await sendFile(someBytes(50));
  await env.DB.prepare("INSERT INTO entity_file (digest, ecs_id) VALUES (?, ?)")
    .bind(digest, crypto.randomUUID())
    .run();
  await sweepFiles(env.DB, later(unused + day));
  await sweepBlobs(stores, later(unused + day));
  const got = await ask("GET", `/v1/files/${digest}`);
  expect(got.status).toBe(200);
  await got.body?.cancel();
});

it("keeps large data of entities and events of runs, and gives them by their digest", async () => {
  const [data, events, orphan] = [someBytes(60), someBytes(70), someBytes(80)];
  for (const bytes of [data, events, orphan]) await env.BLOBS.put(blobKey(digestOfBytes(bytes)), bytes);
  const id = crypto.randomUUID();
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO entity (ecs_id, lineage_id, lineage_version, root_ecs_id, created_at, created_by, role, data_digest,
         data_bytes, untyped_data, attribute_source) VALUES (?1, ?1, 1, ?1, '2026-01-01', 'test', 'external', ?2, 60, '{}', '{}')`,
    ).bind(id, digestOfBytes(data)),
    env.DB.prepare(
      `INSERT INTO run (id, kind, name, version, digest, pool, priority, labels, job, state, state_since, max_attempts,
         timeout_seconds, input_entity, events_digest, created_at, created_by)
       VALUES (?1, 'template', 'x', '1.0.0', '', 'default', 5, '{}', '{}', 'succeeded', '', 1, 1, ?1, ?2, '2026-01-01', 'test')`,
    ).bind(id, digestOfBytes(events)),
  ]);
  await sweepBlobs(stores, later(2 * day));
  expect(await hasBlob(env.BLOBS, digestOfBytes(orphan))).toBe(false);
  for (const [bytes, type] of [
    [data, "application/json"],
    [events, "application/x-ndjson"],
  ] as const) {
    const got = await ask("GET", `/v1/files/${digestOfBytes(bytes)}`);
    expect(got.status).toBe(200);
    expect(got.headers.get("content-type")).toBe(type);
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(bytes);
  }
});

it("gives a file back whose bytes are sent again after it was forgotten", async () => {
  const bytes = someBytes(90);
  const { digest } = await sendFile(bytes);
  await sweepFiles(env.DB, later(unused + day));
  await sendFile(bytes);
  await sweepBlobs(stores, new Date());
  expect((await ask("GET", `/v1/files/${digest}`)).status).toBe(200);
  expect(await hasBlob(env.BLOBS, digest)).toBe(true);
});

it("loses no file that is sent again while its old bytes are being removed", async () => {
  const bytes = someBytes(90);
  const { digest } = await sendFile(bytes);
  await sweepFiles(env.DB, later(unused + day));
  // The sweep has decided; R2 has not deleted yet.
  expect(await beginRemoval(env.DB, [digest], new Date())).toEqual([digest]);
  const sending = sendBytes(bytes);
  await env.BLOBS.delete(blobKey(digest));
  await endRemoval(env.DB, [digest]);
  const response = await sending;
  expect(response.status, await response.text()).toBe(201);
  expect(await hasBlob(env.BLOBS, digest)).toBe(true);
});

it("places bytes again that a whole removal took between their placing and their row", async () => {
  const bytes = someBytes(90);
  const digest = digestOfBytes(bytes);
  let placed = 0;
  const stored = await placeFile(placing, aNewFile(digest), async () => {
    placed += 1;
    await putBlob(env.BLOBS, digest, bytes, "application/x-mine");
    if (placed === 1) await env.BLOBS.delete(blobKey(digest));
  });
  expect(stored.ok).toBe(true);
  expect(placed).toBe(2);
  expect(await hasBlob(env.BLOBS, digest)).toBe(true);
});

it("makes no file of bytes while they are being removed, and places them again when that is done", async () => {
  const bytes = someBytes(90);
  const digest = digestOfBytes(bytes);
  expect(await beginRemoval(env.DB, [digest], new Date())).toEqual([digest]);
  let placed = 0;
  const stored = await placeFile(placing, aNewFile(digest), async () => {
    placed += 1;
    if (placed === 2) {
      await env.BLOBS.delete(blobKey(digest));
      await endRemoval(env.DB, [digest]);
    }
    await putBlob(env.BLOBS, digest, bytes, "application/x-mine");
  });
  expect(stored.ok).toBe(true);
  expect(placed).toBe(2);
  expect(await hasBlob(env.BLOBS, digest)).toBe(true);
});

it("lets nothing else begin to name bytes that are being removed", async () => {
  const digest = digestOfBytes(someBytes(90));
  await beginRemoval(env.DB, [digest], new Date());
  const entity = env.DB.prepare(
    `INSERT INTO entity (ecs_id, lineage_id, lineage_version, root_ecs_id, created_at, created_by, role, data_digest,
       data_bytes, untyped_data, attribute_source) VALUES (?1, ?1, 1, ?1, '2026-01-01', 'test', 'external', ?2, 60, '{}', '{}')`,
  ).bind(crypto.randomUUID(), digest);
  await expect(entity.run()).rejects.toThrow("being removed");
  await endRemoval(env.DB, [digest]);
  await entity.run();
});

it("says 503 to whoever sends bytes again when a removal does not end", async () => {
  const bytes = someBytes(90);
  expect(await beginRemoval(env.DB, [digestOfBytes(bytes)], new Date())).toHaveLength(1);
  const response = await sendBytes(bytes);
  expect(response.headers.get("retry-after")).not.toBeNull();
  expect((await refusalOf(response, 503)).code).toBe("UNAVAILABLE");
  // The sweep that was to end it crashed; a later one does it again.
  await sweepBlobs(stores, later(2 * 3600 * 1000));
  expect((await sendBytes(bytes)).status).toBe(201);
});

it("begins no removal of what something names, nor of what another sweep removes", async () => {
  const { digest } = await sendFile(someBytes(90));
  const orphan = digestOfBytes(someBytes(90));
  expect(await beginRemoval(env.DB, [digest, orphan], new Date())).toEqual([orphan]);
  expect(await beginRemoval(env.DB, [digest, orphan], new Date())).toEqual([]);
});

it("loses no file while sweeps and senders go on side by side", async () => {
  const files = Array.from({ length: 8 }, () => someBytes(64));
  for (const bytes of files) await sendFile(bytes);
  for (let round = 0; round < 6; round++) {
    const sweeping = (async () => {
      await sweepFiles(env.DB, later(unused + day));
      await sweepBlobs(stores, later(unused + 2 * day));
    })();
    const answers = await Promise.all(files.map((bytes) => sendBytes(bytes)));
    await sweeping;
    for (const [index, answer] of answers.entries()) {
      await answer.body?.cancel();
      const digest = digestOfBytes(files[index] ?? new Uint8Array());
      const row = await env.DB.prepare("SELECT 1 FROM file WHERE digest = ?").bind(digest).first();
      // Whatever was answered: a file that D1 knows has its bytes. (What this sweep of the far future took back is no file.)
      if (row !== null) expect(await hasBlob(env.BLOBS, digest)).toBe(true);
      expect([200, 201, 503]).toContain(answer.status);
    }
  }
});

it("removes uploads that have expired, and their parts", async () => {
  const bytes = someBytes(300);
  const [left, done] = [await begin(bytes), await begin(someBytes(200))];
  expect((await sendPart(left, bytes, 1)).status).toBe(200);
  await sweepUploads(stores, new Date());
  expect((await ask("GET", left.path ?? "")).status).toBe(200);
  const swept = await sweepUploads(stores, later((limits.uploadSeconds + 7200) * 1000));
  expect(swept.uploads).toBeGreaterThanOrEqual(2);
  for (const { path, id } of [left, done]) {
    expect((await refusalOf(await ask("GET", path ?? ""), 404)).code).toBe("UPLOAD_NOT_FOUND");
    expect(await env.BLOBS.head(uploadKey(id))).toBeNull();
  }
  const parts = await env.DB.prepare("SELECT count(*) AS n FROM upload_part WHERE upload_id = ?")
    .bind(left.id)
    .first("n");
  expect(parts).toBe(0);
});

it("removes what crashed requests left, once no request can be that old", async () => {
  await env.BLOBS.put("incoming/left-by-a-crash", "bytes");
  expect((await sweepUploads(stores, new Date())).incoming).toBe(0);
  expect((await sweepUploads(stores, later(2 * day))).incoming).toBe(1);
  expect(await env.BLOBS.head("incoming/left-by-a-crash")).toBeNull();
});

it("finds what is old behind any number of things that are young", async () => {
  await env.BLOBS.put("incoming/z-old", "bytes");
  await scheduler.wait(5);
  const before = new Date();
  await scheduler.wait(5);
  const young = Array.from({ length: 7 }, (_, at) => `incoming/a-young-${at}`);
  for (const key of young) await env.BLOBS.put(key, "bytes");
  let after: string | null = null;
  do {
    ({ next: after } = await removeOldIncoming(env.BLOBS, { before, after, most: 2 }));
  } while (after !== null);
  expect(await env.BLOBS.head("incoming/z-old")).toBeNull();
  for (const key of young) expect(await env.BLOBS.head(key)).not.toBeNull();
});

it("runs by cron", async () => {
  const { digest } = await sendFile(someBytes(30));
  const long = new Date(Date.now() - unused - day).toISOString();
  await env.DB.prepare("UPDATE file SET touched_at = ? WHERE digest = ?").bind(long, digest).run();
  await sweep(env);
  expect((await refusalOf(await ask("GET", `/v1/files/${digest}`), 404)).code).toBe("FILE_NOT_FOUND");
});
