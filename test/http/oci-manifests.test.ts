import { expect, it } from "vitest";
import { ask } from "./a-registry.ts";
import {
  aDescriptor,
  anImage,
  aRepository,
  bytesOf,
  digestOf,
  dockerImageType,
  expectOci,
  get,
  haveBlobs,
  imageType,
  indexType,
  ociRefusalOf,
  push,
  put,
} from "./an-image.ts";

it("serves the exact bytes of a manifest by tag and by digest", async () => {
  const repository = aRepository();
  const text = `${JSON.stringify(await anImage(repository, { mine: { z: 1, a: [] } }), null, 3)}\n`;
  const pushed = await put(repository, "v1", text, { type: `${imageType}; charset=utf-8` });
  const digest = await digestOf(text);
  expect(pushed.status).toBe(201);
  expectOci(pushed);
  expect(pushed.headers.get("location")).toBe(`/v2/${repository}/manifests/${digest}`);
  expect(pushed.headers.get("docker-content-digest")).toBe(digest);
  for (const reference of ["v1", digest, digest.replace(":", "%3A")]) {
    for (const method of ["GET", "HEAD"]) {
      const headers = { Accept: "application/json", "Accept-Encoding": "gzip" };
      const answer = await ask(method, `/v2/${repository}/manifests/${reference}`, { headers });
      expect(answer.status).toBe(200);
      expectOci(answer);
      expect(answer.headers.get("content-type")).toBe(imageType);
      expect(answer.headers.get("content-length")).toBe(String(bytesOf(text).byteLength));
      expect(answer.headers.get("docker-content-digest")).toBe(digest);
      expect(answer.headers.get("etag")).toBe(`"${digest}"`);
      expect(await answer.text()).toBe(method === "HEAD" ? "" : text);
    }
  }
});

it("answers 304 to who has the manifest already", async () => {
  const repository = aRepository();
  const digest = await push(repository, "v1", await anImage(repository));
  const answer = await get(`${repository}/manifests/v1`, { "If-None-Match": `W/"${digest}"` });
  expect(answer.status).toBe(304);
  expect(answer.headers.get("docker-content-digest")).toBe(digest);
  const other = await get(`${repository}/manifests/v1`, { "If-None-Match": '"sha256:other"' });
  expect(other.status).toBe(200);
  await other.body?.cancel();
});

it("never serves a manifest as application/json, which would be compressed and lose its length", async () => {
  const repository = aRepository();
  const image = await anImage(repository, { mediaType: undefined });
  await push(repository, "v1", image, "application/json");
  const answer = await get(`${repository}/manifests/v1`, { "Accept-Encoding": "gzip" });
  expect(answer.headers.get("content-type")).toBe(imageType);
  expect(answer.headers.get("content-encoding")).toBeNull();
  expect(answer.headers.get("content-length")).toBe(String(bytesOf(image).byteLength));
  await answer.body?.cancel();
});

it("stores a manifest under the digest that its sender uses, sha512 too", async () => {
  const repository = aRepository();
  const image = await anImage(repository);
  const digest = await digestOf(image, "sha512");
  const pushed = await put(repository, `${digest}?tag=one&tag=two`, image);
  expect(pushed.status).toBe(201);
  expect(pushed.headers.get("docker-content-digest")).toBe(digest);
  expect(pushed.headers.get("oci-tag")).toBe("one, two");
  for (const reference of [digest, "one", "two"]) {
    const answer = await get(`${repository}/manifests/${reference}`);
    expect(answer.headers.get("docker-content-digest")).toBe(digest);
    expect(await answer.json()).toEqual(image);
  }
});

it("takes the same push again, and moves a tag to another manifest", async () => {
  const repository = aRepository();
  const first = await push(repository, "v1", await anImage(repository));
  expect(await push(repository, "v1", await anImage(repository))).toBe(first);
  const second = await push(repository, "v1", await anImage(repository, { annotations: { a: "b" } }));
  const answer = await get(`${repository}/manifests/v1`);
  expect(answer.headers.get("docker-content-digest")).toBe(second);
  await answer.body?.cancel();
  expect((await get(`${repository}/manifests/${first}`)).status).toBe(200);
});

it("takes what clients send: no media type inside, Docker's types, nested indexes, layers that lie elsewhere", async () => {
  const repository = aRepository();
  await push(repository, "helm", await anImage(repository, { mediaType: undefined }));
  const docker = await anImage(repository, { mediaType: dockerImageType });
  const child = await push(repository, "docker", docker, dockerImageType);
  const urls = ["https://example.org/layer"];
  await push(repository, "foreign", await anImage(repository, { layers: [await aDescriptor("x", { urls })] }));
  const index = {
    schemaVersion: 2,
    mediaType: indexType,
    manifests: [{ mediaType: dockerImageType, digest: child, size: 1 }],
  };
  const inner = await push(repository, "inner", index, indexType);
  const outer = { schemaVersion: 2, manifests: [{ mediaType: indexType, digest: inner, size: 1 }] };
  await push(repository, "outer", outer, indexType);
  await push(repository, "empty", { schemaVersion: 2, manifests: [] }, indexType);
  const answer = await get(`${repository}/manifests/outer`);
  expect(answer.headers.get("content-type")).toBe(indexType);
  expect(await answer.json()).toEqual(outer);
});

it("names everything that a manifest refers to and the repository does not have", async () => {
  const repository = aRepository();
  const layers = await Promise.all(["one", "two"].map((text) => aDescriptor(text)));
  const told = await ociRefusalOf(
    await put(repository, "v1", await anImage(repository, { layers })),
    404,
    "MANIFEST_BLOB_UNKNOWN",
  );
  for (const layer of layers) expect(told).toContain(layer.digest);
  const elsewhere = aRepository();
  const digest = await push(elsewhere, "v1", await anImage(elsewhere));
  const index = { schemaVersion: 2, manifests: [{ mediaType: imageType, digest, size: 1 }] };
  const missing = await put(repository, "v1", index, { type: indexType });
  expect(await ociRefusalOf(missing, 404, "MANIFEST_BLOB_UNKNOWN")).toContain(digest);
  await ociRefusalOf(await get(`${repository}/manifests/v1`), 404, "NAME_UNKNOWN");
});

it("takes a manifest about another one that is not there", async () => {
  const repository = aRepository();
  const digest = await digestOf("never pushed");
  const subject = { mediaType: imageType, digest, size: 12 };
  const pushed = await put(repository, "v1", await anImage(repository, { subject }));
  expect(pushed.status).toBe(201);
  expect(pushed.headers.get("oci-subject")).toBe(digest);
  const index = { schemaVersion: 2, manifests: [], subject };
  expect((await put(repository, await digestOf(index), index, { type: indexType })).headers.get("oci-subject")).toBe(
    digest,
  );
});

it("keeps to a repository what was pushed to it", async () => {
  const [ours, theirs] = [aRepository(), aRepository()];
  const digest = await push(ours, "v1", await anImage(ours));
  await ociRefusalOf(await get(`${theirs}/manifests/${digest}`), 404, "NAME_UNKNOWN");
  await push(theirs, "v2", await anImage(theirs, { annotations: { mine: "yes" } }));
  await ociRefusalOf(await get(`${theirs}/manifests/${digest}`), 404, "MANIFEST_UNKNOWN");
  await ociRefusalOf(await get(`${theirs}/manifests/v1`), 404, "MANIFEST_UNKNOWN");
});

it("deletes a tag and leaves the rest", async () => {
  const repository = aRepository();
  const digest = await push(repository, "v1?tag=v2", await anImage(repository));
  const deleted = await ask("DELETE", `/v2/${repository}/manifests/v1`);
  expect(deleted.status).toBe(202);
  await ociRefusalOf(await get(`${repository}/manifests/v1`), 404, "MANIFEST_UNKNOWN");
  await ociRefusalOf(await ask("DELETE", `/v2/${repository}/manifests/v1`), 404, "MANIFEST_UNKNOWN");
  for (const left of ["v2", digest]) expect((await get(`${repository}/manifests/${left}`)).status).toBe(200);
});

it("deletes a manifest with its tags, here only, and takes it again", async () => {
  const [repository, other] = [aRepository(), aRepository()];
  const digest = await push(repository, "v1?tag=v2", await anImage(repository));
  await push(other, "v1", await anImage(other));
  expect((await ask("DELETE", `/v2/${repository}/manifests/${digest}`)).status).toBe(202);
  for (const gone of ["v1", "v2", digest]) {
    await ociRefusalOf(await get(`${repository}/manifests/${gone}`), 404, "MANIFEST_UNKNOWN");
  }
  await ociRefusalOf(await ask("DELETE", `/v2/${repository}/manifests/${digest}`), 404, "MANIFEST_UNKNOWN");
  expect((await get(`${other}/manifests/${digest}`)).status).toBe(200);
  await push(repository, "v1", await anImage(repository));
  expect((await get(`${repository}/manifests/${digest}`)).status).toBe(200);
});

it("keeps one of the manifests that race for a tag, and all of them by digest", async () => {
  const repository = aRepository();
  const images = await Promise.all(
    Array.from({ length: 30 }, (_, at) => anImage(repository, { annotations: { at: String(at) } })),
  );
  const digests = await Promise.all(images.map((image) => push(repository, "race", image)));
  expect(new Set(digests).size).toBe(30);
  const answer = await get(`${repository}/manifests/race`);
  expect(digests).toContain(answer.headers.get("docker-content-digest"));
  await answer.body?.cancel();
  for (const [at, digest] of digests.entries()) {
    expect(await (await get(`${repository}/manifests/${digest}`)).json()).toEqual(images[at]);
  }
});

it("answers every read as new as the last acknowledged write, also under load", async () => {
  const repository = aRepository();
  await push(repository, "steady", await anImage(repository));
  const load = { isOn: true };
  const readers = Array.from({ length: 4 }, async () => {
    while (load.isOn) {
      const [steady, moving] = await Promise.all(
        ["steady", "moving"].map((tag) => get(`${repository}/manifests/${tag}`)),
      );
      await Promise.all([steady?.body?.cancel(), moving?.body?.cancel()]);
      expect(steady?.status).toBe(200);
    }
  });
  for (let round = 0; round < 15; round += 1) {
    const digest = await push(
      repository,
      "moving",
      await anImage(repository, { annotations: { round: String(round) } }),
    );
    const answer = await get(`${repository}/manifests/moving`);
    expect(answer.headers.get("docker-content-digest")).toBe(digest);
    await answer.body?.cancel();
    const gone = round % 2 === 0 ? "moving" : digest;
    expect((await ask("DELETE", `/v2/${repository}/manifests/${gone}`)).status).toBe(202);
    await ociRefusalOf(await get(`${repository}/manifests/${gone}`), 404, "MANIFEST_UNKNOWN");
    await ociRefusalOf(await get(`${repository}/manifests/moving`), 404, "MANIFEST_UNKNOWN");
  }
  load.isOn = false;
  await Promise.all(readers);
});

it("takes pushes and deletions of one manifest at once, and has it whole in the end", async () => {
  const repository = aRepository();
  await haveBlobs(repository, [await digestOf("shared")]);
  const image = await anImage(repository, { layers: [await aDescriptor("shared")] });
  const digest = await digestOf(image);
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      at % 2 === 0 ? put(repository, "v1", image) : ask("DELETE", `/v2/${repository}/manifests/${digest}`),
    ),
  );
  await push(repository, "v1", image);
  expect(await (await get(`${repository}/manifests/v1`)).json()).toEqual(image);
});
