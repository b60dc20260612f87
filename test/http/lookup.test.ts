import { beforeAll, expect, it } from "vitest";
import { resolvedArtifact } from "../../src/contract/artifact/resolved.ts";
import { aDocument, change, publish, read, refusalOf } from "./a-registry.ts";

const name = "looked_up";
const versions = ["0.9.0", "1.0.0", "1.2.0", "1.2.3", "2.0.0"];
const digests = new Map<string, string>();

beforeAll(async () => {
  for (const version of versions) {
    digests.set(version, (await publish(aDocument(name, { version, description: `Version ${version}.` }))).digest);
  }
  await change("PUT", `/v1/templates/${name}/tags/stable`, { version: "1.2.0" });
  await change("PUT", `/v1/templates/${name}/tags/v1`, { version: "1.2.3" });
});

it.each([
  ["", "2.0.0"],
  ["@latest", "2.0.0"],
  ["@1.0.0", "1.0.0"],
  ["@^1", "1.2.3"],
  ["@^1.2", "1.2.3"],
  ["@~1.2.0", "1.2.3"],
  ["@1.x", "1.2.3"],
  ["@1", "1.2.3"],
  ["@*", "2.0.0"],
  ["@<1", "0.9.0"],
  ["@>=1 <1.2", "1.0.0"],
  ["@%3E=1%20%3C1.2.3", "1.2.0"],
  ["@^0.9 || ^1.0", "1.2.3"],
  ["@1.0.0 - 1.2.0", "1.2.0"],
  ["@stable", "1.2.0"],
  ["@v1", "1.2.3"],
])("resolves %j to %s, in the path and as ?version=", async (selector, version) => {
  const response = await read(`/v1/templates/${name}${selector}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("callsheet-version")).toBe(version);
  const told = resolvedArtifact.parse(await response.json());
  expect(told).toMatchObject({ kind: "template", name, version, state: "live", digest: digests.get(version) });
  expect(told.document).toMatchObject({ template: { id: name, version, description: `Version ${version}.` } });

  if (selector === "") return;
  const asked = await read(
    `/v1/templates/${name}?version=${encodeURIComponent(decodeURIComponent(selector.slice(1)))}`,
  );
  expect(asked.headers.get("callsheet-version")).toBe(version);
  await asked.body?.cancel();
});

it("resolves a digest", async () => {
  const response = await read(`/v1/templates/${name}@${digests.get("1.0.0")}`);
  expect(await response.json()).toMatchObject({ version: "1.0.0" });
});

it.each([
  [`${name}@9.9.9`, 404, "VERSION_NOT_FOUND", "2.0.0"],
  [`${name}@^3`, 404, "VERSION_NOT_FOUND", "2.0.0"],
  [`${name}@canary`, 404, "TAG_NOT_FOUND", "stable"],
  [`${name}@constructor`, 404, "TAG_NOT_FOUND", "stable"],
  [`${name}@sha256:${"0".repeat(64)}`, 404, "VERSION_NOT_FOUND", "digest"],
  [`${name}@sha256:12`, 400, "INVALID_REQUEST", "64"],
  [`${name}@`, 400, "INVALID_REQUEST", "empty"],
  [`${name}@1.0.0@2`, 400, "INVALID_REQUEST", "selector"],
  [`${name}@01.0.0.0`, 400, "INVALID_REQUEST", "selector"],
  [`${name}@${"1".repeat(201)}`, 400, "INVALID_REQUEST", ""],
  ["no_such_thing", 404, "NAME_NOT_FOUND", "no_such_thing"],
  ["constructor", 404, "NAME_NOT_FOUND", "constructor"],
  ["No-Such", 400, "INVALID_REQUEST", "a-z"],
  ["ab", 400, "INVALID_REQUEST", "3"],
  ["@1.0.0", 400, "INVALID_REQUEST", ""],
])("refuses %s with %i %s", async (reference, status, code, word) => {
  const refused = await refusalOf(await read(`/v1/templates/${reference}`), status);
  expect(refused.code).toBe(code);
  expect(refused.detail).toContain(word);
});

it("refuses a selector that is said twice", async () => {
  const refused = await refusalOf(await read(`/v1/templates/${name}@1.0.0?version=2.0.0`), 400);
  expect(refused.detail).toContain("one of them");
  await refusalOf(await read(`/v1/templates/${name}?version=1.0.0&version=2.0.0`), 400);
});

it("never lets a refusal be kept by a cache", async () => {
  const response = await read("/v1/templates/not_yet_there");
  expect(response.headers.get("cache-control")).toBe("no-store");
  await refusalOf(response, 404);
});

it("finds a name right after it was missed and then published", async () => {
  await refusalOf(await read("/v1/templates/missed_first"), 404);
  await publish(aDocument("missed_first"));
  expect((await read("/v1/templates/missed_first")).status).toBe(200);
});
