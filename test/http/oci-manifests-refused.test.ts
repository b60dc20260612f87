import fc from "fast-check";
import { expect, it } from "vitest";
import { limits } from "../../src/contract/limits.ts";
import { ociErrors } from "../../src/contract/oci/failure.ts";
import { ask } from "./a-registry.ts";
import {
  aDescriptor,
  anImage,
  aRepository,
  bytesOf,
  digestOf,
  expectOci,
  get,
  haveBlobs,
  imageType,
  indexType,
  ociRefusalOf,
  push,
  put,
} from "./an-image.ts";

it("refuses bytes that have not the digest they were said to have", async () => {
  const repository = aRepository();
  const image = await anImage(repository);
  for (const algorithm of ["sha256", "sha512"] as const) {
    const wrong = await digestOf("other", algorithm);
    expect(await ociRefusalOf(await put(repository, wrong, image), 400, "DIGEST_INVALID")).toContain(
      await digestOf(image, algorithm),
    );
    await ociRefusalOf(await get(`${repository}/manifests/${wrong}`), 404, "NAME_UNKNOWN");
  }
});

it.each(["sha256:abc", `sha256:${"A".repeat(64)}`, "md5:0123456789abcdef0123456789abcdef", "sha256:", ":"])(
  "refuses a push and a deletion under %s, and finds nothing there",
  async (digest) => {
    const repository = aRepository();
    await push(repository, "v1", await anImage(repository));
    await ociRefusalOf(await put(repository, digest, await anImage(repository)), 400, "DIGEST_INVALID");
    await ociRefusalOf(await ask("DELETE", `/v2/${repository}/manifests/${digest}`), 400, "DIGEST_INVALID");
    await ociRefusalOf(await get(`${repository}/manifests/${digest}`), 404, "MANIFEST_UNKNOWN");
  },
);

it.each([".hidden", "-a", "a+b", "a%20b", "a%2Fb", "ä", "a".repeat(129), "%", "%C3%28"])(
  "refuses a push under the tag %s, and finds nothing there",
  async (tag) => {
    const repository = aRepository();
    await push(repository, "v1", await anImage(repository));
    const told = await ociRefusalOf(await put(repository, tag, await anImage(repository)), 400, "MANIFEST_INVALID");
    if (tag === "a+b") expect(told).toContain("write _ for the +");
    await ociRefusalOf(await get(`${repository}/manifests/${tag}`), 404, "MANIFEST_UNKNOWN");
    await ociRefusalOf(await ask("DELETE", `/v2/${repository}/manifests/${tag}`), 404, "MANIFEST_UNKNOWN");
  },
);

it("refuses a bad tag beside a good one, and sets neither", async () => {
  const repository = aRepository();
  await ociRefusalOf(await put(repository, "v1?tag=-bad", await anImage(repository)), 400, "MANIFEST_INVALID");
  const many = Array.from({ length: limits.tagsPerPush + 1 }, (_, at) => `tag=t${at}`).join("&");
  await ociRefusalOf(await put(repository, `v1?${many}`, await anImage(repository)), 414, "SIZE_INVALID");
  await ociRefusalOf(await get(`${repository}/manifests/v1`), 404, "NAME_UNKNOWN");
});

it.each([
  ["no JSON", "{", imageType],
  ["no text", new Uint8Array([0xff, 0xfe, 0x00]), imageType],
  ["empty", "", imageType],
  ["of a type that nobody reads", "{}", "text/plain"],
  [
    "of another type than it says",
    JSON.stringify({ schemaVersion: 2, mediaType: imageType, manifests: [] }),
    indexType,
  ],
])("refuses a manifest that is %s", async (_, body, type) => {
  const bytes = typeof body === "string" ? bytesOf(body) : body;
  const answer = await ask("PUT", `/v2/${aRepository()}/manifests/v1`, { body: bytes, type });
  await ociRefusalOf(answer, 400, "MANIFEST_INVALID");
});

it("refuses a compressed manifest", async () => {
  const repository = aRepository();
  const headers = { "Content-Encoding": "gzip" };
  await ociRefusalOf(await put(repository, "v1", await anImage(repository), { headers }), 415, "MANIFEST_INVALID");
});

it("takes 3.9 MB of annotations and gives them back, and refuses more than a manifest may have with the way out", async () => {
  const repository = aRepository();
  const large = await anImage(repository, { annotations: { large: "x".repeat(3_900_000), more: "ä" } });
  const digest = await push(repository, "large", large);
  const answer = await get(`${repository}/manifests/large`, { "Accept-Encoding": "gzip" });
  expect(answer.headers.get("content-length")).toBe(String(bytesOf(large).byteLength));
  expect(await digestOf(await answer.text())).toBe(digest);
  const tooLarge = await anImage(repository, { annotations: { large: "x".repeat(limits.manifestBytes) } });
  expect(await ociRefusalOf(await put(repository, "v2", tooLarge), 413, "SIZE_INVALID")).toContain("4 MiB");
  const exact = bytesOf(await anImage(repository, { annotations: { pad: "" } })).byteLength;
  const most = await anImage(repository, { annotations: { pad: "x".repeat(limits.manifestBytes - exact) } });
  await push(repository, "most", most);
});

it("refuses a manifest that is far too large, whose length nobody told", async () => {
  const chunk = new Uint8Array(1024 * 1024);
  let left = 10;
  const body = new ReadableStream({
    pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
  });
  const { SELF } = await import("cloudflare:test");
  const answer = await SELF.fetch(`http://localhost/v2/${aRepository()}/manifests/v1`, {
    method: "PUT",
    headers: { Authorization: "Bearer test-admin-token", "Content-Type": imageType },
    body,
  });
  await ociRefusalOf(answer, 413, "SIZE_INVALID");
});

it("takes 10,000 layers, and refuses one more", async () => {
  const repository = aRepository();
  const digests = Array.from(
    { length: limits.manifestReferences },
    (_, at) => `sha256:${at.toString(16).padStart(64, "0")}`,
  );
  await haveBlobs(repository, digests);
  const layers = digests.map((digest) => ({ mediaType: "application/octet-stream", digest, size: 2 }));
  await push(repository, "many", await anImage(repository, { layers }));
  const more = [...layers, await aDescriptor("one more")];
  const told = await ociRefusalOf(
    await put(repository, "v2", await anImage(repository, { layers: more })),
    400,
    "MANIFEST_INVALID",
  );
  expect(told).toContain("10001 layers");
  const elsewhere = aRepository();
  const all = await ociRefusalOf(
    await put(elsewhere, "v1", await anImage(elsewhere, { layers })),
    404,
    "MANIFEST_BLOB_UNKNOWN",
  );
  expect(all).toContain("and 9900 more");
});

it("refuses an index of a manifest that was deleted: no index can name itself, and no cycle can be closed", async () => {
  const repository = aRepository();
  const digest = await push(repository, "v1", await anImage(repository));
  const index = { schemaVersion: 2, manifests: [{ mediaType: imageType, digest, size: 1 }] };
  await ask("DELETE", `/v2/${repository}/manifests/${digest}`);
  await ociRefusalOf(await put(repository, "v1", index, { type: indexType }), 404, "MANIFEST_BLOB_UNKNOWN");
});

const reference = fc.oneof(
  fc.string({ maxLength: 20 }).map(encodeURIComponent),
  fc.string({ unit: "binary", maxLength: 8 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.stringMatching(/^[a-zA-Z0-9_.:+%-]{0,20}$/),
  fc.constantFrom(
    "%",
    "%2F",
    "%2e%2e",
    "..",
    "%00",
    "v1",
    `sha256:${"0".repeat(64)}`,
    "sha256%3Aabc",
    "__proto__",
    "constructor",
  ),
);
const component = fc.oneof(
  fc.stringMatching(/^[a-z0-9]{1,8}$/),
  fc.constantFrom(
    "blobs",
    "manifests",
    "tags",
    "uploads",
    "templates",
    "workflows",
    "a__b",
    "A",
    "a..b",
    "%2F",
    "a%2e%2eb",
    "a+b",
    "-",
    "%00",
  ),
  fc.string({ maxLength: 6 }).map(encodeURIComponent),
);
const name = fc.array(component, { minLength: 1, maxLength: 4 }).map((components) => components.join("/"));
const contentType = fc.oneof(
  fc.constantFrom(imageType, indexType, "application/json", "text/plain"),
  fc.stringMatching(/^[ -~]{0,30}$/),
);
const body = fc.oneof(
  fc.json(),
  fc.string(),
  fc.constantFrom(
    "{}",
    "[]",
    "null",
    `{"schemaVersion":2,"manifests":[]}`,
    `{"schemaVersion":2,"manifests":[],"annotations":{"__proto__":"x"}}`,
  ),
);

it("answers whatever comes with an envelope or what was asked for, never with a failure of its own", async () => {
  const tail = fc.oneof(
    reference.map((text) => `manifests/${text}`),
    reference.map((text) => `referrers/${text}`),
    fc.constantFrom(
      "tags/list",
      "tags/list?n=-1",
      "tags/list?n=1e99&last=%00",
      "tags",
      "manifests/",
      "referrers/",
      "",
      "tags/list/",
    ),
  );
  const method = fc.constantFrom("GET", "HEAD", "PUT", "DELETE", "POST", "PATCH", "OPTIONS");
  await fc.assert(
    fc.asyncProperty(name, tail, method, contentType, body, async (repository, rest, how, type, sent) => {
      const answer = await ask(how, `/v2/${repository}/${rest}`, how === "PUT" ? { body: bytesOf(sent), type } : {});
      const text = await answer.text();
      expect(answer.status, `${how} ${repository}/${rest}: ${text}`).toBeLessThan(500);
      expectOci(answer);
      if (answer.status < 400 || how === "HEAD") return;
      expect(ociErrors.parse(JSON.parse(text)).errors).toHaveLength(1);
    }),
    { numRuns: 400 },
  );
});
