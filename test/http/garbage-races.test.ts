import { env } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { beginRemoval, endRemoval } from "../../src/bindings/d1/file/blob-references.ts";
import { deleteBlobs, hasBlob, putBlob as storeBytes } from "../../src/bindings/r2/blob-store.ts";
import { digestOfBytes } from "../../src/domain/document/canonical-digest.ts";
import { removeOrphans } from "../../src/operations/maintenance/remove-orphans.ts";
import { sweepBlobs } from "../../src/operations/maintenance/sweep-blobs.ts";
import { sweepMemberships } from "../../src/operations/oci/garbage/sweep-memberships.ts";
import { bytesOf } from "./a-file.ts";
import { aDocument, aName, ask, postDocument } from "./a-registry.ts";
import {
  type ABlob,
  aBlob,
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
  sendBlob,
} from "./a-repository.ts";

const hour = 3600 * 1000;
const later = (ms: number) => new Date(Date.now() + ms);
const atOnce = { graceSeconds: 0, slices: 1000 };

beforeEach(async () => {
  await env.DB.batch([env.DB.prepare("DELETE FROM sweep_position"), env.DB.prepare("DELETE FROM blob_removal")]);
});

describe("a collection in the middle of a push", () => {
  it("takes nothing within the grace of which the push was told that it is there", async () => {
    const repository = aRepository("race");
    const [layer, more] = [aBlob("layer"), aBlob("more")];
    for (const blob of [layer, emptyConfig]) await putBlob(repository, blob);
    await collect(later(23 * hour), { graceSeconds: 24 * 3600, slices: 1000 });
    for (const blob of [layer, emptyConfig]) expect(await sendBlob(repository, blob)).toBe(200);
    expect(await putBlob(repository, more)).toBe(201);
    await collect(later(11.9 * hour), { graceSeconds: 24 * 3600, slices: 1000 });
    const manifest = aManifest([layer, more]);
    expect(await putManifest(repository, "v1", manifest)).toBe(201);
    await collect(later(1000 * hour));
    await expectWhole(repository, "v1", manifest, [layer, more]);
  });

  it("makes the manifest be refused when it took a blob, and the push goes through when it is done again", async () => {
    const repository = aRepository("race");
    const layer = aBlob("layer");
    for (const blob of [layer, emptyConfig]) await putBlob(repository, blob);
    await collect(later(hour));
    const manifest = aManifest([layer]);
    expect(await putManifest(repository, "v1", manifest)).toBe(404);
    expect(await pull(repository, "manifests", "v1")).toBe(404);
    await push(repository, "v1", [layer]);
    await expectWhole(repository, "v1", manifest, [layer]);
  });

  it("takes no blob that was mounted, whatever becomes of the repository it came from", async () => {
    const [from, to] = [aRepository("race-from"), aRepository("race-to")];
    const layer = aBlob("mounted");
    const source = await push(from, "v1", [layer]);
    for (const { digest } of [layer, emptyConfig]) {
      const mounted = await ask("POST", `/v2/${to}/blobs/uploads/?mount=${digest}&from=${from}`);
      expect(mounted.status).toBe(201);
    }
    expect((await ask("DELETE", `/v2/${from}/manifests/${source.digest}`)).status).toBe(202);
    await collect(later(23 * hour), { graceSeconds: 22 * 3600, slices: 1 });
    await ask("DELETE", `/v2/${from}/blobs/${layer.digest}`);
    await sweepBlobs(collecting, later(1000 * hour), atOnce);
    const manifest = aManifest([layer]);
    for (const blob of [layer, emptyConfig]) expect([200, 201]).toContain(await sendBlob(to, blob));
    expect(await putManifest(to, "v1", manifest)).toBe(201);
    await collect(later(1000 * hour));
    await expectWhole(to, "v1", manifest, [layer]);
    expect(await blobsOf(from)).toEqual([]);
  });

  it("lets nobody mount what is being removed", async () => {
    const [from, to] = [aRepository("race-from"), aRepository("race-to")];
    const layer = aBlob("gone soon");
    await putBlob(from, layer);
    await sweepMemberships(collecting, later(hour), atOnce);
    expect(await beginRemoval(env.DB, [layer.digest], new Date())).toEqual([layer.digest]);
    const mounted = await ask("POST", `/v2/${to}/blobs/uploads/?mount=${layer.digest}&from=${from}`);
    expect(mounted.status).toBe(202);
    expect(await pull(to, "blobs", layer.digest)).toBe(404);
  });

  it("loses nothing of a manifest that was deleted and is pushed again while its bytes are being removed", async () => {
    const repository = aRepository("race");
    const layers = [aBlob("one"), aBlob("two")];
    const manifest = await push(repository, "v1", layers);
    expect((await ask("DELETE", `/v2/${repository}/manifests/${manifest.digest}`)).status).toBe(202);
    await sweepMemberships(collecting, later(hour), atOnce);
    const digests = [manifest, ...layers].map((blob) => blob.digest);
    expect((await beginRemoval(env.DB, digests, new Date())).sort()).toEqual(digests.toSorted());
    const pushing = push(repository, "v1", layers);
    // R2 takes its time, and the push arrives meanwhile.
    await scheduler.wait(100);
    await deleteBlobs(env.BLOBS, digests);
    await endRemoval(env.DB, digests);
    expect((await pushing).digest).toBe(manifest.digest);
    await expectWhole(repository, "v1", manifest, layers);
  });

  it("loses nothing when a whole removal comes between the bytes and their row", async () => {
    const repository = aRepository("race");
    const [blob, old] = [aBlob("stored"), aBlob("stored long ago")];
    for (const { digest, bytes } of [blob, old]) await storeBytes(env.BLOBS, digest, bytes, "text/plain");
    const putting = Promise.all([blob, old].map((one) => putBlob(repository, one)));
    await sweepBlobs(collecting, later(hour), atOnce);
    expect(await putting).toEqual([201, 201]);
    for (const one of [blob, old]) {
      expect(await pull(repository, "blobs", one.digest)).toEqual(one.bytes);
      expect(await hasBlob(env.BLOBS, one.digest)).toBe(true);
    }
  });

  it("spares bytes that were stored anew after it had found them old", async () => {
    const { digest, bytes } = aBlob("comes back");
    await storeBytes(env.BLOBS, digest, bytes, "text/plain");
    await scheduler.wait(5);
    const before = new Date();
    await scheduler.wait(5);
    let listed = 0;
    const blobs = new Proxy(env.BLOBS, {
      get: (bucket, key) =>
        key === "list"
          ? async (options: R2ListOptions) => {
              const page = await bucket.list(options);
              listed += 1;
              if (listed === 1) await storeBytes(bucket, digest, bytes, "text/plain");
              return page;
            }
          : Reflect.get(bucket, key).bind(bucket),
    });
    const walk = { before, now: new Date(), isPreview: false };
    let after: string | null = null;
    do {
      ({ next: after } = await removeOrphans({ db: env.DB, blobs }, { ...walk, after }));
    } while (after !== null);
    expect(listed).toBeGreaterThan(1);
    expect(await hasBlob(env.BLOBS, digest)).toBe(true);
    // The mark is off again.
    expect(await beginRemoval(env.DB, [digest], new Date())).toEqual([digest]);
    await endRemoval(env.DB, [digest]);
  });
});

describe("pushes and collections with hardly any grace, side by side", () => {
  it("what was acknowledged is always wholly there", async () => {
    const shared = Array.from({ length: 6 }, (_, at) => aBlob(`shared ${at}`));
    const repositories = Array.from({ length: 4 }, () => aRepository("storm"));
    const acknowledged: Push[] = [];
    const pushing = repositories.map(async (repository, own) => {
      for (let round = 0; round < 6; round++) {
        const others = [shared[(own + round) % 6], shared[(own + 2 * round) % 6]].flatMap((blob) => blob ?? []);
        const layers = [...others, aBlob("own")];
        const pushed = { repository, tag: `v${round}`, manifest: aManifest(layers), layers };
        await pushUntilTaken(pushed);
        if (round % 3 === 2) {
          // Every third goes, and comes back under the same digest.
          const path = `/v2/${repository}/manifests/${pushed.manifest.digest}`;
          expect((await amidCollections(ask("DELETE", path))).status).toBe(202);
          await pushUntilTaken(pushed);
        }
        acknowledged.push(pushed);
      }
    });
    await Promise.all(pushing);
    await collect(later(1000 * hour));
    expect(acknowledged).toHaveLength(24);
    for (const { repository, tag, manifest, layers } of acknowledged) {
      await expectWhole(repository, tag, manifest, layers);
    }
    expect(collected).toBeGreaterThan(0);
  });

  it("an artifact that is published by the JSON API or by push is always wholly there", async () => {
    const names = Array.from({ length: 10 }, () => aName("stormy"));
    const publishing = names.map(async (name, at) => {
      if (at % 2 === 0) return publishUntilTaken(aDocument(name));
      const bytes = bytesOf(JSON.stringify(aDocument(name)));
      const [layer, picture] = [{ bytes, digest: digestOfBytes(bytes) }, aBlob("picture")];
      const manifest = aManifest([], {
        layers: [
          { mediaType: "application/json", digest: layer.digest, size: bytes.byteLength },
          { mediaType: "image/png", digest: picture.digest, size: picture.bytes.byteLength },
        ],
      });
      return pushUntilTaken({ repository: `templates/${name}`, tag: "1.0.0", manifest, layers: [layer, picture] });
    });
    await Promise.all(publishing);
    await collect(later(1000 * hour));
    for (const name of names) {
      expect((await ask("GET", `/v1/templates/${name}`)).status).toBe(200);
      const manifest = await pull(`templates/${name}`, "manifests", "latest");
      if (typeof manifest === "number") throw new Error(`${name} has no manifest: ${manifest}`);
      const { layers } = JSON.parse(new TextDecoder().decode(manifest));
      for (const { digest } of layers) expect(await hasBlob(env.BLOBS, digest)).toBe(true);
    }
  });
});

/** What a push sends. */
interface Push {
  repository: string;
  tag: string;
  manifest: ABlob;
  layers: readonly ABlob[];
}

/** How much collections took that went on beside pushes. */
let collected = 0;

/** Memberships, then bytes; answers how many of both. */
async function collect(now: Date, pace = atOnce): Promise<number> {
  return (await sweepMemberships(collecting, now, pace)) + (await sweepBlobs(collecting, now, pace));
}

/** Work while, most of the time, a collection goes on whose grace is shorter than a push sometimes takes. */
async function amidCollections<Done>(work: Promise<Done>): Promise<Done> {
  const graceSeconds = Math.max(0, Math.random() - 0.3) / 2;
  const collecting = Math.random() < 0.7 ? collect(new Date(), { graceSeconds, slices: 1000 }) : 0;
  const [done, removed] = await Promise.all([work, collecting]);
  collected += removed;
  return done;
}

/** Pushes as a client does, and again from the start when something was collected meanwhile. Then all of it is there. */
async function pushUntilTaken({ repository, tag, manifest, layers }: Push): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const sending = [...layers, emptyConfig].map((blob) => amidCollections(sendBlob(repository, blob)));
    for (const status of await Promise.all(sending)) expect([200, 201, 429, 503]).toContain(status);
    const status = await amidCollections(putManifest(repository, tag, manifest));
    if (status === 201) return expectWhole(repository, tag, manifest, layers);
    expect([404, 429, 503]).toContain(status);
  }
  throw new Error(`${repository}:${tag} was never taken`);
}

/** Publishes, and again when its bytes were just being removed. */
async function publishUntilTaken(document: object): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const response = await amidCollections(postDocument(document));
    await response.body?.cancel();
    if (response.status === 201) return;
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).not.toBeNull();
  }
  throw new Error("the document was never taken");
}
