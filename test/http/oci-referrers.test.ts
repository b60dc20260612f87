import { expect, it } from "vitest";
import { limits } from "../../src/contract/limits.ts";
import { imageIndex } from "../../src/contract/oci/manifest.ts";
import { ask } from "./a-registry.ts";
import { anImage, aRepository, bytesOf, digestOf, get, imageType, indexType, ociRefusalOf, push } from "./an-image.ts";

async function referrersOf(path: string) {
  const answer = await get(path);
  expect(answer.status, await answer.clone().text()).toBe(200);
  expect(answer.headers.get("content-type")).toBe(indexType);
  const text = await answer.text();
  const index = imageIndex.parse(JSON.parse(text));
  expect(index.mediaType).toBe(indexType);
  const filtered = answer.headers.get("oci-filters-applied");
  const next = /^<\/v2\/(.+)>; rel="next"$/.exec(answer.headers.get("link") ?? "")?.[1] ?? null;
  return { manifests: index.manifests, filtered, next, sizeBytes: bytesOf(text).byteLength };
}

/** A referrer of `subject`; answers its digest. */
async function refer(repository: string, subject: object, parts: object = {}, reference?: string): Promise<string> {
  const image = await anImage(repository, { subject, ...parts });
  return push(repository, reference ?? (await digestOf(image)), image);
}

async function aSubject(word: string) {
  return { mediaType: imageType, digest: await digestOf(word), size: word.length };
}

it("lists who refers to a manifest, with type and annotations, once each, before it is there as well", async () => {
  const repository = aRepository();
  const image = await anImage(repository, { annotations: { is: "the subject" } });
  const subject = { mediaType: imageType, digest: await digestOf(image), size: bytesOf(image).byteLength };
  const annotations = { "org.example.a": "x", b: "" };
  const signature = await refer(repository, subject, { artifactType: "application/vnd.sign+json", annotations });
  const plain = await refer(repository, subject, {}, "tagged");
  const index = { schemaVersion: 2, manifests: [], subject };
  const nothing = await push(repository, await digestOf(index), index, indexType);
  await push(repository, "v1", image);
  await refer(repository, subject, { artifactType: "application/vnd.sign+json", annotations }, "again");
  const { manifests, filtered } = await referrersOf(`${repository}/referrers/${subject.digest}`);
  expect(filtered).toBeNull();
  const expected = [
    { digest: signature, mediaType: imageType, artifactType: "application/vnd.sign+json", annotations },
    { digest: plain, mediaType: imageType, artifactType: "application/vnd.oci.empty.v1+json" },
    { digest: nothing, mediaType: indexType },
  ];
  expect(manifests).toHaveLength(3);
  for (const one of expected) {
    const { size, ...rest } = manifests.find(({ digest }) => digest === one.digest) ?? { size: 0 };
    expect(rest).toEqual(one);
    expect(size).toBeGreaterThan(100);
  }
});

it("filters by type, encoded or not, and says so", async () => {
  const repository = aRepository();
  const subject = await aSubject("filtered");
  const mine = await refer(repository, subject, { artifactType: "application/vnd.mine+json" });
  await refer(repository, subject, { artifactType: "application/vnd.other" });
  for (const type of ["application/vnd.mine%2Bjson", "application/vnd.mine+json"]) {
    const found = await referrersOf(`${repository}/referrers/${subject.digest}?artifactType=${type}`);
    expect(found.manifests.map(({ digest }) => digest)).toEqual([mine]);
    expect(found.filtered).toBe("artifactType");
  }
  const none = await referrersOf(`${repository}/referrers/${subject.digest}?artifactType=application/none`);
  expect(none).toMatchObject({ manifests: [], filtered: "artifactType" });
});

it("answers an empty index for what nobody refers to, in unknown and impossible repositories too", async () => {
  const { digest } = await aSubject("nobody's");
  for (const repository of [aRepository(), "templates", "templates/a/b"]) {
    expect((await referrersOf(`${repository}/referrers/${digest}`)).manifests).toEqual([]);
  }
  await ociRefusalOf(await get(`${aRepository()}/referrers/sha256:abc`), 400, "DIGEST_INVALID");
  await ociRefusalOf(await get(`${aRepository()}/referrers/v1`), 400, "DIGEST_INVALID");
});

it("forgets a referrer that is deleted, and keeps to each repository its own", async () => {
  const [repository, other] = [aRepository(), aRepository()];
  const subject = await aSubject("shared");
  const digest = await refer(repository, subject);
  await refer(other, subject);
  await ask("DELETE", `/v2/${repository}/manifests/${digest}`);
  expect((await referrersOf(`${repository}/referrers/${subject.digest}`)).manifests).toEqual([]);
  expect((await referrersOf(`${other}/referrers/${subject.digest}`)).manifests).toHaveLength(1);
});

it("lists many by pages, and each page is no larger than a manifest may be", async () => {
  const repository = aRepository();
  const subject = await aSubject("much said of it");
  const sizes = [3_900_000, 100, 2_000_000, 2_000_000, 9000, 9000, 200];
  const digests = await Promise.all(
    sizes.map((size, at) =>
      refer(repository, subject, { artifactType: "a/b", annotations: { at: String(at), pad: "x".repeat(size) } }),
    ),
  );
  const found: string[] = [];
  let pages = 0;
  for (let path: string | null = `${repository}/referrers/${subject.digest}?artifactType=a/b`; path !== null; ) {
    const page = await referrersOf(path);
    expect(page.sizeBytes).toBeLessThanOrEqual(limits.manifestBytes);
    expect(page.filtered).toBe("artifactType");
    for (const { annotations } of page.manifests)
      expect(annotations?.pad).toHaveLength(sizes[Number(annotations?.at)] ?? -1);
    found.push(...page.manifests.map(({ digest }) => digest));
    pages += 1;
    path = page.next;
  }
  expect(found).toEqual(digests.toSorted());
  expect(pages).toBeGreaterThan(1);
});
