import { env } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { beginRemoval, beginRemovalQuery } from "../../src/bindings/d1/file/blob-references.ts";
import { checkedRows, checkQuery } from "../../src/bindings/d1/oci/check-rows.ts";
import { membershipsQuery } from "../../src/bindings/d1/oci/garbage-rows.ts";
import { blobKey, hasBlob } from "../../src/bindings/r2/blob-store.ts";
import { type GarbageAnswer, garbageAnswer } from "../../src/contract/http/garbage.ts";
import { sweepBlobs } from "../../src/operations/maintenance/sweep-blobs.ts";
import { collectMemberships } from "../../src/operations/oci/garbage/collect-memberships.ts";
import { sweepMemberships } from "../../src/operations/oci/garbage/sweep-memberships.ts";
import { sweep } from "../../src/worker/sweep.ts";
import { bytesOf } from "./a-file.ts";
import { aDocument, aName, ask, change, publish, refusalOf } from "./a-registry.ts";
import {
  aBlob,
  age,
  aManifest,
  aRepository,
  blobsOf,
  collecting,
  emptyConfig,
  expectWhole,
  pull,
  push,
  putBlob,
  putManifest,
} from "./a-repository.ts";

const hour = 3600 * 1000;
const later = (ms: number) => new Date(Date.now() + ms);

beforeEach(async () => {
  await env.DB.batch([env.DB.prepare("DELETE FROM sweep_position"), env.DB.prepare("DELETE FROM blob_removal")]);
});

describe("a collection", () => {
  it("takes out what no manifest of the repository refers to once nobody touched it for a day, and then its bytes", async () => {
    const repository = aRepository("gc");
    const [used, unused] = [aBlob("used"), aBlob("unused")];
    const manifest = await push(repository, "v1", [used]);
    expect(await putBlob(repository, unused)).toBe(201);
    await sweepMemberships(collecting, later(23 * hour));
    expect(await pull(repository, "blobs", unused.digest)).toEqual(unused.bytes);
    expect(await sweepMemberships(collecting, later(25 * hour))).toBeGreaterThanOrEqual(1);
    expect(await pull(repository, "blobs", unused.digest)).toBe(404);
    expect(await hasBlob(env.BLOBS, unused.digest)).toBe(true);
    await sweepBlobs(collecting, later(25 * hour));
    expect(await hasBlob(env.BLOBS, unused.digest)).toBe(false);
    await expectWhole(repository, "v1", manifest, [used]);
  });

  it("takes what a deleted manifest leaves, but not what another manifest refers to as well", async () => {
    const repository = aRepository("gc");
    const [shared, own] = [aBlob("shared"), aBlob("own")];
    const kept = await push(repository, "kept", [shared]);
    const gone = await push(repository, "gone", [shared, own]);
    expect((await ask("DELETE", `/v2/${repository}/manifests/${gone.digest}`)).status).toBe(202);
    await collectAll(25);
    expect(await blobsOf(repository)).toEqual([shared.digest, emptyConfig.digest].sort());
    expect(await hasBlob(env.BLOBS, own.digest)).toBe(false);
    expect(await hasBlob(env.BLOBS, gone.digest)).toBe(false);
    await expectWhole(repository, "kept", kept, [shared]);
  });

  it("leaves manifests without a tag alone: they can be pulled by digest", async () => {
    const repository = aRepository("gc");
    const layer = aBlob("layer");
    const manifest = await push(repository, "v1", [layer]);
    expect((await ask("DELETE", `/v2/${repository}/manifests/v1`)).status).toBe(202);
    await collectAll(1000);
    await expectWhole(repository, manifest.digest, manifest, [layer]);
  });

  it("keeps bytes as long as one repository has them", async () => {
    const [one, other] = [aRepository("gc"), aRepository("gc")];
    const layer = aBlob("layer");
    const manifest = await push(one, "v1", [layer]);
    expect(await putBlob(other, layer)).toBe(201);
    await collectAll(25);
    expect(await pull(other, "blobs", layer.digest)).toBe(404);
    await expectWhole(one, "v1", manifest, [layer]);
  });

  it("keeps a blob whose existence was asked for within the grace, however old it is", async () => {
    const repository = aRepository("gc");
    const blob = aBlob("asked for");
    expect(await putBlob(repository, blob)).toBe(201);
    await age(repository, blob, 23);
    expect((await ask("HEAD", `/v2/${repository}/blobs/${blob.digest}`)).status).toBe(200);
    await collectAll(11.9);
    expect(await putManifest(repository, "v1", aManifest([blob], { config: configOf(blob) }))).toBe(201);
    await collectAll(1000);
    expect(await pull(repository, "blobs", blob.digest)).toEqual(blob.bytes);
  });

  it("knows sha512 as well as sha256", async () => {
    const bytes = bytesOf(`sha512 ${crypto.randomUUID()}`);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-512", bytes));
    const digest = `sha512:${Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
    const repository = aRepository("gc");
    expect(await putBlob(repository, { digest, bytes })).toBe(201);
    await sweepBlobs(collecting, later(25 * hour));
    expect(await pull(repository, "blobs", digest)).toEqual(bytes);
    await collectAll(25);
    expect(await hasBlob(env.BLOBS, digest)).toBe(false);
  });

  it("lets a deleted version's manifest and source go, and keeps those of live ones", async () => {
    const [live, deleted] = [aName("live"), aName("deleted")];
    for (const name of [live, deleted]) await publish(aDocument(name));
    const pulled = await Promise.all([live, deleted].map((name) => pull(`templates/${name}`, "manifests", "1.0.0")));
    expect(pulled.every((bytes) => bytes instanceof Uint8Array)).toBe(true);
    await change("DELETE", `/v1/templates/${deleted}/versions/1.0.0`);
    await collectAll(25);
    expect(await blobsOf(`templates/${deleted}`)).toEqual([]);
    expect(await blobsOf(`templates/${live}`)).toHaveLength(2);
    expect(await pull(`templates/${live}`, "manifests", "1.0.0")).toEqual(pulled[0]);
    expect(await pull(`templates/${deleted}`, "manifests", "1.0.0")).toBe(404);
  });

  it("goes on where it stopped, and so passes every repository", async () => {
    const repositories = Array.from({ length: 12 }, () => aRepository("gc-many"));
    const rows = repositories.flatMap((repository) =>
      Array.from({ length: 50 }, () => [repository, aBlob("row").digest]),
    );
    await env.DB.prepare(
      `INSERT INTO oci_blob SELECT value ->> 0, value ->> 1, 1, '2020-01-01T00:00:00.000Z' FROM json_each(?)`,
    )
      .bind(JSON.stringify(rows))
      .run();
    const pace = { graceSeconds: 24 * 3600, slices: 1 };
    const counts: number[] = [];
    for (let round = 0; round < 12 && counts.reduce((sum, count) => sum + count, 0) < 600; round++) {
      counts.push(await sweepMemberships(collecting, new Date(), pace));
    }
    expect(counts.length).toBeGreaterThan(2);
    for (const repository of repositories) expect(await blobsOf(repository)).toEqual([]);
  });

  it("passes by a repository whose keeper fails, and comes back to it", async () => {
    const [broken, sound] = [aRepository("gc-a"), aRepository("gc-b")];
    for (const repository of [broken, sound]) expect(await putBlob(repository, aBlob("unused"))).toBe(201);
    const repositories = (repository: string) => {
      if (repository === broken) throw new Error("this keeper is broken, which a test wants");
      return collecting.repositories(repository);
    };
    await sweepMemberships({ ...collecting, repositories }, later(25 * hour));
    expect([(await blobsOf(broken)).length, (await blobsOf(sound)).length]).toEqual([1, 0]);
    await sweepMemberships(collecting, later(25 * hour));
    expect(await blobsOf(broken)).toEqual([]);
  });

  it("is finished by the next one when it was interrupted at any step", async () => {
    const repository = aRepository("gc");
    const blob = aBlob("unused");
    expect(await putBlob(repository, blob)).toBe(201);
    // Killed after it took the blob out of its repository.
    const walk = { after: { repository: "", digest: "" }, before: later(hour), isPreview: false };
    await collectMemberships(collecting, walk);
    expect(await blobsOf(repository)).toEqual([]);
    expect(await hasBlob(env.BLOBS, blob.digest)).toBe(true);
    // Killed after it marked the bytes; after it deleted them too.
    expect(await beginRemoval(env.DB, [blob.digest], new Date())).toEqual([blob.digest]);
    await sweepBlobs(collecting, later(2 * hour));
    expect(await hasBlob(env.BLOBS, blob.digest)).toBe(false);
    expect(await beginRemoval(env.DB, [blob.digest], new Date())).toEqual([blob.digest]);
    await sweepBlobs(collecting, later(2 * hour));
    expect(await putBlob(repository, blob)).toBe(201);
    expect(await pull(repository, "blobs", blob.digest)).toEqual(blob.bytes);
  });

  it("runs by cron", async () => {
    const repository = aRepository("gc");
    const blob = aBlob("unused");
    expect(await putBlob(repository, blob)).toBe(201);
    await age(repository, blob, 25);
    await sweep(env);
    expect(await blobsOf(repository)).toEqual([]);
  });
});

describe("the administrator", () => {
  it("is told what would go, and nothing goes; then it goes", async () => {
    const [one, other] = [aRepository("gc-admin"), aRepository("gc-admin")];
    const [old, young, orphan] = [aBlob("old"), aBlob("young"), aBlob("orphan")];
    for (const [repository, blob] of [
      [one, old],
      [one, young],
      [other, old],
    ] as const)
      expect(await putBlob(repository, blob)).toBe(201);
    for (const repository of [one, other]) await age(repository, old, 25);
    await env.BLOBS.put(blobKey(orphan.digest), orphan.bytes);
    const size = old.bytes.byteLength;
    const told = await walk("GET");
    expect(told.repositories.filter(({ repository }) => repository.startsWith("gc-admin/"))).toEqual([
      { repository: one, blobs: 1, size_bytes: size },
      { repository: other, blobs: 1, size_bytes: size },
    ]);
    expect(told.kept.blobs).toBeGreaterThanOrEqual(2);
    expect(told.grace_seconds).toBe(24 * 3600);
    expect(await blobsOf(one)).toHaveLength(2);
    const done = await walk("POST");
    expect(done.repositories).toEqual(told.repositories);
    expect(await blobsOf(one)).toEqual([young.digest]);
    expect(await blobsOf(other)).toEqual([]);
    // Stored just now: R2 alone says how old bytes are.
    expect(await hasBlob(env.BLOBS, orphan.digest)).toBe(true);
    expect((await walk("GET")).repositories).toEqual([]);
  });

  it("needs the right to be one, and a cursor that was given", async () => {
    for (const method of ["GET", "POST"]) {
      await refusalOf(await ask(method, "/v1/admin/gc", { token: null }), 401);
      for (const cursor of ["nonsense", btoa("[]"), btoa('{"of":"storage","after":5}'), btoa('{"of":"all"}')]) {
        await refusalOf(await ask(method, `/v1/admin/gc?cursor=${cursor}`), 400);
      }
    }
    const strange = btoa('{"of":"storage","after":"\\u0000/../x"}').replaceAll("=", "");
    const answer = await ask("GET", `/v1/admin/gc?cursor=${encodeURIComponent(strange)}`);
    expect(answer.status, await answer.text()).toBeLessThan(500);
  });
});

describe("what it costs", () => {
  const queries: { what: string; query: string; values: (string | number)[] }[] = [
    { what: "the walk over repositories' blobs", query: membershipsQuery, values: ["", "", 1] },
    { what: "the mark on orphans", query: beginRemovalQuery, values: ["[]", ""] },
    ...checkedRows.map((rows) => ({
      what: `the check of ${rows}`,
      query: checkQuery(rows),
      values: rows === "references" ? ["", "", "", 1] : ["", "", 1],
    })),
  ];
  it.each(queries)("$what reads by index only", async ({ query, values }) => {
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${query}`)
      .bind(...values)
      .all<{ detail: string }>();
    const steps = results.map((row) => row.detail);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.filter((step) => step.startsWith("SCAN") && !/SCAN asked\b/.test(step))).toEqual([]);
    expect(steps.filter((step) => step.includes("TEMP B-TREE"))).toEqual([]);
  });
});

/** All that a collection does, at a time to come. */
async function collectAll(hours: number): Promise<void> {
  await sweepMemberships(collecting, later(hours * hour), { graceSeconds: 24 * 3600, slices: 1000 });
  await sweepBlobs(collecting, later(hours * hour), { graceSeconds: 24 * 3600, slices: 1000 });
}

function configOf({ digest, bytes }: { digest: string; bytes: Uint8Array }) {
  return { mediaType: "application/vnd.test", digest, size: bytes.byteLength };
}

/** All slices together. */
async function walk(method: "GET" | "POST"): Promise<Omit<GarbageAnswer, "next_cursor">> {
  const whole = {
    checked: 0,
    repositories: [] as GarbageAnswer["repositories"][number][],
    storage: { blobs: 0, size_bytes: 0 },
    kept: { blobs: 0, size_bytes: 0 },
    grace_seconds: 0,
  };
  let cursor: string | null = null;
  do {
    const response = await ask(method, cursor === null ? "/v1/admin/gc" : `/v1/admin/gc?cursor=${cursor}`);
    expect(response.status).toBe(200);
    const slice = garbageAnswer.parse(await response.json());
    whole.checked += slice.checked;
    whole.repositories.push(...slice.repositories);
    whole.storage.blobs += slice.storage.blobs;
    whole.kept.blobs += slice.kept.blobs;
    whole.grace_seconds = slice.grace_seconds;
    cursor = slice.next_cursor;
  } while (cursor !== null);
  return whole;
}
