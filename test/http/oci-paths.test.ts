import { expect, it } from "vitest";
import { parseOciPath } from "../../src/http/oci/oci-path.ts";
import { ask } from "./a-registry.ts";
import { anImage, expectOci, get, ociRefusalOf, push, put } from "./an-image.ts";

it.each([
  ["/v2", { type: "base" }],
  ["/v2/", { type: "base" }],
  ["/v2/token", { type: "token" }],
  ["/v2/_catalog", { type: "catalog" }],
  ["/v2/a/manifests/v1", { type: "manifest", repository: "a", reference: "v1" }],
  ["/v2/a/manifests/sha256%3Aab", { type: "manifest", repository: "a", reference: "sha256:ab" }],
  ["/v2/a/manifests/", { type: "manifest", repository: "a", reference: "" }],
  ["/v2/a/b/c/manifests/v1", { type: "manifest", repository: "a/b/c", reference: "v1" }],
  ["/v2/a/manifests/manifests/v1", { type: "manifest", repository: "a/manifests", reference: "v1" }],
  ["/v2/a/blobs/uploads/manifests/v1", { type: "manifest", repository: "a/blobs/uploads", reference: "v1" }],
  ["/v2/a/tags/list/manifests/tags", { type: "manifest", repository: "a/tags/list", reference: "tags" }],
  ["/v2/a/blobs/sha256:ab", { type: "blob", repository: "a", digest: "sha256:ab" }],
  ["/v2/a/manifests/v1/blobs/sha256:ab", { type: "blob", repository: "a/manifests/v1", digest: "sha256:ab" }],
  ["/v2/a/blobs/uploads/", { type: "uploads", repository: "a" }],
  ["/v2/a/blobs/uploads", { type: "uploads", repository: "a" }],
  ["/v2/a/blobs/uploads/1-2", { type: "upload", repository: "a", id: "1-2" }],
  ["/v2/blobs/uploads/blobs/uploads/1", { type: "upload", repository: "blobs/uploads", id: "1" }],
  ["/v2/a/tags/list", { type: "tags", repository: "a" }],
  ["/v2/tags/list/tags/list", { type: "tags", repository: "tags/list" }],
  ["/v2/a/referrers/sha256:ab", { type: "referrers", repository: "a", digest: "sha256:ab" }],
  ["/v2/a/tags/other", null],
  ["/v2/manifests/v1", null],
  ["/v2/a/other/v1", null],
  ["/v2/a", null],
])("reads %s", (path, expected) => {
  expect(parseOciPath(new URL(`http://localhost${path}`))).toEqual(expected);
});

it("serves a repository whose components are called like the markers", async () => {
  const repository = "manifests/blobs/uploads/tags/list/blobs";
  const digest = await push(repository, "tags", await anImage(repository));
  expect((await get(`${repository}/manifests/tags`)).headers.get("docker-content-digest")).toBe(digest);
  expect(await (await get(`${repository}/tags/list`)).json()).toEqual({ name: repository, tags: ["tags"] });
});

it.each([
  ["POST", "/v2/", "GET, HEAD"],
  ["PUT", "/v2/_catalog", "GET, HEAD"],
  ["POST", "/v2/a/manifests/v1", "GET, HEAD, PUT, DELETE"],
  ["PUT", "/v2/a/blobs/sha256:ab", "GET, HEAD, DELETE"],
  ["GET", "/v2/a/blobs/uploads/", "POST"],
  ["POST", "/v2/a/blobs/uploads/1", "GET, PATCH, PUT, DELETE"],
  ["DELETE", "/v2/a/tags/list", "GET, HEAD"],
  ["DELETE", "/v2/a/referrers/sha256:ab", "GET, HEAD"],
])("answers %s %s with what the path takes", async (method, path, allowed) => {
  const answer = await ask(method, path);
  expect(answer.headers.get("allow")).toBe(allowed);
  await ociRefusalOf(answer, 405, "UNSUPPORTED");
});

it("answers /v2 as /v2/, and HEAD as GET without a body", async () => {
  for (const path of ["/v2", "/v2/", "/v2/_catalog?n=1"]) {
    for (const method of ["GET", "HEAD"]) {
      const answer = await ask(method, path);
      expect(answer.status).toBe(200);
      expectOci(answer);
      if (method === "HEAD") expect(await answer.text()).toBe("");
      else await answer.body?.cancel();
    }
  }
});

it("knows no other paths", async () => {
  await ociRefusalOf(await ask("GET", "/v2/some/thing"), 404, "UNSUPPORTED");
  await ociRefusalOf(await ask("GET", "/v2//manifests/v1"), 404, "UNSUPPORTED");
});

it.each(["A", "a_", "a..b", "a___b", "a//b", "a%2Fb", "a/%2e%2eb", "a+b", "-a", "a/", "ä", "a".repeat(201)])(
  "finds nothing in a repository called %s and lets nothing in",
  async (repository) => {
    await ociRefusalOf(await get(`${repository}/manifests/v1`), 404, "NAME_INVALID");
    await ociRefusalOf(await get(`${repository}/tags/list`), 404, "NAME_INVALID");
    await ociRefusalOf(await put(repository, "v1", {}), 400, "NAME_INVALID");
  },
);

it.each(["templates", "functions/a/b", "workflows/a/b/c"])(
  "has no place for a repository called %s, and says what would be one",
  async (repository) => {
    await ociRefusalOf(await get(`${repository}/manifests/v1`), 404, "NAME_UNKNOWN");
    const told = await ociRefusalOf(await put(repository, "v1", {}), 400, "NAME_INVALID");
    expect(told).toContain(`${repository.split("/")[0]}/{name}`);
  },
);
