import { beforeAll, expect, it } from "vitest";
import { type CataloguePage, cataloguePage } from "../../src/contract/artifact/catalogue.ts";
import { aDocument, change, postYaml, publish, read, refusalOf } from "./a-registry.ts";

const gpu = { resources: { gpu: true, vram_gb: 8 } };

beforeAll(async () => {
  const described = (id: string, parts: Record<string, unknown>) => publish(aDocument(id, parts));
  await described("image_upscaling", {
    name: "Upscaler",
    category: "image",
    tags: ["super resolution", "photo"],
    requirements: gpu,
  });
  await described("image_denoising", {
    name: "Denoise",
    category: "image",
    tags: ["photo"],
    description: "Takes the noise away.",
  });
  await described("speech_synthesis", {
    name: "Vorlesen für alle",
    category: "audio",
    description: "Reads a text aloud.",
  });
  await described("text_embedding", {
    name: "Embedding",
    category: "text",
    description: "Made for search by meaning.",
  });
  await described("old_upscaler", { name: "The old one", category: "image" });
  await change("POST", "/v1/templates/old_upscaler/versions/1.0.0:deprecate", { successor: "image_upscaling" });
  await described("burnt", { name: "Upscaler that burns", category: "image" });
  await change("POST", "/v1/templates/burnt/versions/1.0.0:yank");
  await described("abstract_base", { name: "Base", abstract: true });
});

it("lists every name once, by name, told by its latest version", async () => {
  await publish(aDocument("text_embedding", { version: "1.1.0", category: "text", name: "Embedding 1.1" }));
  await publish(aDocument("text_embedding", { version: "1.0.1", category: "text", name: "Embedding 1.0.1" }));
  const { items, next_cursor } = await list("");
  expect(items.map(({ name }) => name)).toEqual([
    "abstract_base",
    "image_denoising",
    "image_upscaling",
    "old_upscaler",
    "speech_synthesis",
    "text_embedding",
  ]);
  expect(next_cursor).toBeNull();
  expect(items.at(-1)).toMatchObject({ version: "1.1.0", title: "Embedding 1.1", category: "text", gpu: false });
  expect(items[0]).toMatchObject({ abstract: true, runtime: "runner" });
  expect(items[2]).toMatchObject({ tags: ["super resolution", "photo"], gpu: true });
});

it.each([
  ["category=image", ["image_denoising", "image_upscaling", "old_upscaler"]],
  ["category=nothing", []],
  ["tag=photo", ["image_denoising", "image_upscaling"]],
  ["tag=super+resolution", ["image_upscaling"]],
  ["gpu=true", ["image_upscaling"]],
  ["gpu=false&category=image", ["image_denoising", "old_upscaler"]],
  ["runtime=runner&category=audio", ["speech_synthesis"]],
  ["runtime=edge", []],
  ["state=deprecated", ["old_upscaler"]],
  ["state=yanked", ["burnt"]],
  ["state=deleted", []],
  ["state=live&category=image", ["image_denoising", "image_upscaling"]],
])("filters by %s", async (query, names) => {
  expect((await list(query)).items.map(({ name }) => name)).toEqual(names);
});

it.each([
  ["upscal", ["image_upscaling", "old_upscaler"]],
  ["image upscaling", ["image_upscaling"]],
  ["image_upscaling", ["image_upscaling"]],
  ["IMAGE", ["image_denoising", "image_upscaling"]],
  ["noise", ["image_denoising"]],
  ["photo", ["image_denoising", "image_upscaling"]],
  ["fur alle", ["speech_synthesis"]],
  ["FÜR", ["speech_synthesis"]],
  ["noise the away", ["image_denoising"]],
  ["nothing like it", []],
])("finds by the words %j", async (q, names) => {
  const found = (await list(`q=${encodeURIComponent(q)}`)).items.map(({ name }) => name);
  expect(found.toSorted()).toEqual(names);
});

it("puts the name itself before names that begin with it, and these before names that contain it", async () => {
  for (const name of ["rank", "rank_more", "a_rank", "zz_other"]) {
    await publish(aDocument(name, name === "zz_other" ? { description: "About rank." } : {}));
  }
  const { items } = await list("q=rank");
  expect(items.map(({ name }) => name)).toEqual(["rank", "rank_more", "a_rank", "zz_other"]);
});

it.each([
  '"',
  '""',
  "*",
  "AND",
  "NOT image",
  "a OR b",
  "(",
  "name:image",
  "^image",
  "NEAR(a b)",
  "%",
  "_",
  "\\",
  "'; --",
  "\u0000",
  "👩‍🚀",
  "-",
  "x".repeat(200),
  "a ".repeat(100),
  "%_".repeat(100),
])("takes %j for words, not for syntax", async (q) => {
  const response = await read(`/v1/templates?q=${encodeURIComponent(q)}`);
  expect(response.status, await response.clone().text()).toBe(200);
  await response.body?.cancel();
});

it.each([
  "q=",
  `q=${"x".repeat(201)}`,
  "gpu=yes",
  "state=dead",
  "limit=0",
  "limit=201",
  "limit=-1",
  "limit=many",
  "limit=1&limit=2",
  "categroy=image",
])("refuses ?%s and says which parameter it is", async (query) => {
  const refused = await refusalOf(await read(`/v1/templates?${query}`), 400);
  expect(refused.issues).toHaveLength(1);
  expect(refused.issues[0]?.path).toMatch(/^\/query/);
});

it.each([
  "x",
  "%00",
  "e30",
  "bnVsbA",
  "eyJyYW5rIjowfQ",
  "%F0%9F%92%A9",
  "a".repeat(1000),
  "eyJyYW5rIjoiMCIsIm5hbWUiOiJhIn0",
])("refuses the cursor %s", async (cursor) => {
  const refused = await refusalOf(await read(`/v1/templates?cursor=${cursor}`), 400);
  expect(refused.detail).toContain("cursor");
});

it("refuses another list's cursor", async () => {
  for (const version of ["1.0.0", "1.0.1"]) await publish(aDocument("two_versions", { version }));
  const versions = await (await read("/v1/templates/two_versions/versions?limit=1")).json<{ next_cursor: string }>();
  await refusalOf(await read(`/v1/templates?cursor=${versions.next_cursor}`), 400);
  const { next_cursor } = await list("limit=1");
  await refusalOf(await read(`/v1/templates/two_versions/versions?cursor=${next_cursor}`), 400);
});

it("links to the next page, keeping the question", async () => {
  const response = await read("/v1/templates?category=image&limit=2");
  const link = /^<([^>]+)>; rel="next"$/.exec(response.headers.get("link") ?? "")?.[1] ?? "";
  await response.body?.cancel();
  const next = await read(link);
  expect(next.headers.get("link")).toBeNull();
  expect(cataloguePage.parse(await next.json()).items.map(({ name }) => name)).toEqual(["old_upscaler"]);
});

it("finds by its newest words only, when a name gets a new version", async () => {
  await publish(aDocument("reworded", { description: "Zeppelin." }));
  await publish(aDocument("reworded", { version: "1.0.1", description: "Balloon." }));
  expect((await list("q=zeppelin")).items).toEqual([]);
  expect((await list("q=balloon")).items.map(({ name }) => name)).toEqual(["reworded"]);
});

it("does not list what is only deleted", async () => {
  await publish(aDocument("only_deleted"));
  await change("DELETE", "/v1/templates/only_deleted/versions/1.0.0");
  expect((await list("q=only_deleted")).items).toEqual([]);
  expect((await list("q=only_deleted&state=deleted")).items.map(({ name }) => name)).toEqual(["only_deleted"]);
});

it("does not list what was refused", async () => {
  await postYaml("template: {id: never_accepted, version: 1.0.0}");
  expect((await list("q=never_accepted")).items).toEqual([]);
});

async function list(query: string): Promise<CataloguePage> {
  const response = await read(`/v1/templates?${query}`);
  expect(response.status, await response.clone().text()).toBe(200);
  return cataloguePage.parse(await response.json());
}
