import { env, runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { loadBlobRow } from "../../src/bindings/d1/oci/blob-row.ts";
import { limits } from "../../src/contract/limits.ts";
import { BlobKeeper } from "../../src/operations/oci/repository/blob-keeper.ts";
import { UploadKeeper } from "../../src/operations/oci/repository/upload-keeper.ts";
import { anUploadRepository, pushBlob, randomBytes } from "./an-upload.ts";

const now = () => new Date();

/** The real database; what it carries out may be told, or its answer is lost on its way. */
function aDatabase() {
  const losing = { is: false };
  const through = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get: (from, property) => {
        const value: unknown = Reflect.get(from, property);
        if (typeof value !== "function") return value;
        return (...given: unknown[]) => {
          const answer: unknown = Reflect.apply(value, from, given);
          if (property === "withSession" && typeof answer === "object" && answer !== null) return through(answer);
          if (property !== "batch" || !losing.is) return answer;
          return Promise.resolve(answer).then(() => {
            throw new Error("D1_ERROR: Network connection lost.");
          });
        };
      },
    });
  return { db: through(env.DB), losing };
}

it("does not know a blob any more whose deletion was carried out and not answered", async () => {
  const repository = anUploadRepository();
  const digest = await pushBlob(repository, randomBytes(10));
  const { db, losing } = aDatabase();
  const keeper = new BlobKeeper({ db, now, isShared: () => false });
  expect(await keeper.findBlob(repository, digest, true)).toEqual({ sizeBytes: 10 });
  losing.is = true;
  await expect(keeper.deleteBlob(repository, digest)).rejects.toThrow("connection lost");
  losing.is = false;
  expect(await loadBlobRow(env.DB, repository, digest)).toBeNull();
  expect(await keeper.findBlob(repository, digest, true)).toBeNull();
});

it("forgets uploads that were cancelled long ago, though no chunk ever came to the repository", async () => {
  const stub = env.REGISTRAR.get(env.REGISTRAR.newUniqueId());
  await runInDurableObject(stub, async (_, { storage }) => {
    let at = new Date("2026-01-01T00:00:00Z");
    const keeper = new UploadKeeper({ storage, now: () => at });
    for (const id of ["first", "second", "third"]) expect(await keeper.endUpload(id)).toEqual([]);
    expect(await keeper.findUpload("first")).toMatchObject({ ended: { how: "cancelled" } });
    at = new Date(at.getTime() + limits.uploadSessionSeconds * 1000 + 1);
    await keeper.endUpload("fourth");
    const rows = storage.sql.exec("SELECT id FROM upload").toArray();
    expect(rows).toEqual([{ id: "fourth" }]);
  });
});
