import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { blobKey } from "../../src/bindings/r2/blob-store.ts";
import { registration } from "../../src/contract/artifact/registration.ts";
import { aDocument, aName, ask, askJson, postDocument, postYaml, publish, read, refusalOf } from "./a-registry.ts";

it("answers 201 with where the new version is and at which seq", async () => {
  const name = aName();
  const response = await postDocument(aDocument(name));
  expect(response.status).toBe(201);
  expect(response.headers.get("location")).toBe(`/v1/templates/${name}@1.0.0`);
  const told = registration.parse(await response.json());
  expect(told).toMatchObject({ kind: "template", name, version: "1.0.0", status: "created", dry_run: false });
  expect(told).toMatchObject({ tags: { latest: "1.0.0" }, extends: null, comparison: null, issues: [] });
  expect(response.headers.get("callsheet-seq")).toBe(String(told.seq));
  expect((await read(`/v1/templates/${name}@1.0.0`)).status).toBe(200);
});

it("answers 200 and changes nothing when the same document comes again", async () => {
  const document = aDocument(aName());
  const first = await publish(document);
  const again = await postDocument(document);
  expect(again.status).toBe(200);
  expect(again.headers.get("location")).toBeNull();
  expect(registration.parse(await again.json())).toMatchObject({
    status: "unchanged",
    seq: first.seq,
    digest: first.digest,
  });
  expect(await announcementsOf(String(document.template.id))).toBe(1);
});

it("refuses other content under a version that is taken", async () => {
  const name = aName();
  await publish(aDocument(name));
  const refused = await refusalOf(await postDocument(aDocument(name, { description: "Other words." })), 409);
  expect(refused.code).toBe("VERSION_TAKEN");
  expect(refused.detail).toContain("1.0.1");
});

it("takes a document for the same whatever its comments, line ends, order of keys or notation", async () => {
  const name = aName();
  const plain = `template:
  id: ${name}
  version: 1.0.0
  name: Sample
  description: A sample.
  interface: {inputs: {}, outputs: {result: {type: string}}}
  requirements: {resources: {memory_gb: 4}}
`;
  const first = registration.parse(await (await postYaml(plain)).json());
  const commented = `# a comment\n${plain.replace("name: Sample", "name: 'Sample' # another")}`;
  const reordered = { version: "1.0.0", name: "Sample", id: name, description: "A sample." };
  const rest = {
    requirements: { resources: { memory_gb: 4.0 } },
    interface: { outputs: { result: { type: "string" } }, inputs: {} },
  };
  const again = [
    postYaml(commented),
    postYaml(plain.replaceAll("\n", "\r\n")),
    postYaml(`\uFEFF${plain}`),
    postDocument({ template: { ...reordered, ...rest } }),
  ];
  for (const response of await Promise.all(again)) {
    expect(registration.parse(await response.json())).toMatchObject({ status: "unchanged", digest: first.digest });
  }
});

it("reports every issue at once, each with its line and column", async () => {
  const response = await postYaml(`template:
  id: broken_one
  version: 1.0.0
  name: Broken
  description: Several slips.
  interface:
    inputs:
      size: {type: integer, min: 9, max: 3}
      mode: {type: string, enum: []}
    outputs:
      result: {type: string}
  requirements:
    resources: {gpu: true}
  categroy: image
`);
  const { code, issues } = await refusalOf(response, 422);
  expect(code).toBe("INVALID_DOCUMENT");
  const places = issues.map((issue) => [issue.code, issue.path, issue.line]);
  expect(places).toContainEqual(["bounds_crossed", "/template/interface/inputs/size/min", 8]);
  expect(places).toContainEqual(["enum_empty", "/template/interface/inputs/mode/enum", 9]);
  expect(places.map(([found]) => found)).toEqual(expect.arrayContaining(["gpu_without_vram", "unknown_key"]));
  expect(issues.every((issue) => issue.line !== null && issue.column !== null)).toBe(true);
  expect(issues.find((issue) => issue.code === "unknown_key")).toMatchObject({ line: 14, column: 3 });
  expect(issues.find((issue) => issue.code === "unknown_key")?.suggestion).toContain("category");
});

it("names :batch when one route is sent several documents", async () => {
  const one = `template: {id: one_of_two, version: 1.0.0}\n`;
  const { issues } = await refusalOf(await postYaml(`${one}---\n${one}`), 422);
  expect(issues).toMatchObject([{ code: "several_documents", line: 2 }]);
  expect(issues[0]?.suggestion).toContain(":batch");
});

it("does the same under dry_run, and leaves D1, KV and R2 as they were", async () => {
  const name = aName();
  const document = aDocument(name);
  const before = await storedThings();
  const response = await postDocument(document, "?dry_run=true");
  expect(response.status).toBe(200);
  const told = registration.parse(await response.json());
  expect(told).toMatchObject({ status: "created", dry_run: true, seq: null, name });
  expect(response.headers.get("location")).toBeNull();
  expect(await storedThings()).toEqual(before);
  await refusalOf(await read(`/v1/templates/${name}`), 404);
  expect((await publish(document)).digest).toBe(told.digest);

  const broken = await postDocument(aDocument(aName(), { version: "1.0" }), "?dry_run=true");
  expect((await refusalOf(broken, 422)).code).toBe("INVALID_DOCUMENT");
  const taken = await postDocument(aDocument(name, { name: "Other" }), "?dry_run=true");
  expect((await refusalOf(taken, 409)).code).toBe("VERSION_TAKEN");
});

it("keeps the source, the canonical and the flattened document as blobs named by their digests", async () => {
  const source = `# kept\n${JSON.stringify(aDocument(aName()))}`;
  const told = registration.parse(await (await postYaml(source)).json());
  const row = await env.DB.prepare(
    "SELECT source_digest, digest, flattened_digest FROM artifact_version WHERE name = ?",
  )
    .bind(told.name)
    .first<Record<string, string>>();
  expect(row?.digest).toBe(told.digest);
  for (const digest of Object.values(row ?? {})) expect(await env.BLOBS.head(blobKey(digest))).not.toBeNull();
  const stored = await env.BLOBS.get(blobKey(row?.source_digest ?? ""));
  expect(await stored?.text()).toBe(source);
});

it("refuses more versions of a name than its index may carry", async () => {
  const name = aName();
  await publish(aDocument(name));
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1999)
     INSERT INTO artifact_version SELECT kind, name, '1.0.' || i, digest, source_digest, source_media_type, flattened_digest,
       parent_name, parent_version, parent_digest, title, description, category, author, keywords, runtime, gpu, abstract, interface,
       state, state_since, state_message, successor, sunset, published_at, published_by, seq, NULL, NULL, NULL, NULL
     FROM artifact_version, n WHERE name = ?`,
  )
    .bind(name)
    .run();
  const last = await postDocument(aDocument(name, { version: "1.0.2000" }), "?dry_run=true");
  expect((await refusalOf(last, 409)).code).toBe("LIMIT_REACHED");
});

it("refuses a 201st tag", async () => {
  const name = aName();
  await publish(aDocument(name));
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 199)
     INSERT INTO tag SELECT 'template', ?, 'tag' || i, '1.0.0' FROM n`,
  )
    .bind(name)
    .run();
  // The writer knows the name from before, so a change through another writer makes it read again.
  await env.DB.prepare(
    `INSERT INTO announcement (kind, name, revision, change, announced_at, announced_by) VALUES ('template', ?, 2, 'tagged', '', 'test')`,
  )
    .bind(name)
    .run();
  const refused = await askJson("PUT", `/v1/templates/${name}/tags/one_more`, { version: "1.0.0" });
  expect((await refusalOf(refused, 409)).code).toBe("LIMIT_REACHED");
});

it("refuses query parameters that it does not know, and says which it does", async () => {
  const refused = await refusalOf(
    await ask("POST", "/v1/templates?dryrun=true", { body: "{}", type: "application/json" }),
    400,
  );
  expect(refused.issues).toMatchObject([{ path: "/query", code: "unknown_key" }]);
  expect(refused.issues[0]?.suggestion).toContain("dry_run");
});

async function announcementsOf(name: string): Promise<number | null> {
  return env.DB.prepare("SELECT count(*) AS n FROM announcement WHERE name = ?").bind(name).first<number>("n");
}

async function storedThings(): Promise<unknown> {
  const tables = ["announcement", "artifact_version", "tag", "tag_move", "catalogue"];
  const counts = await env.DB.batch(tables.map((table) => env.DB.prepare(`SELECT count(*) AS n FROM ${table}`)));
  const [kv, r2] = await Promise.all([env.LOOKUPS.list(), env.BLOBS.list()]);
  return [counts.map(({ results }) => results), kv.keys.map(({ name }) => name), r2.objects.map(({ key }) => key)];
}
