import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { type BatchAnswer, batchAnswer } from "../../src/contract/artifact/registration.ts";
import { aDocument, aName, ask, postBatch, read, readSource, refusalOf } from "./a-registry.ts";

it("registers parents first, whatever the order sent, and answers in the order sent", async () => {
  const names = [aName("grand"), aName("parent"), aName("child")] as const;
  const [grand, parent, child] = names;
  const documents = [
    aDocument(child, { extends: parent }),
    aDocument(grand),
    aDocument(parent, { extends: `${grand}@^1` }),
  ];
  const told = await answerOf(postBatch(documents));
  expect(told.results.map(({ index, name, status }) => [index, name, status])).toEqual([
    [0, child, "created"],
    [1, grand, "created"],
    [2, parent, "created"],
  ]);
  const seqs = told.results.map(({ seq }) => seq ?? 0);
  expect(told.seq).toBe(Math.max(...seqs));
  expect(seqs.indexOf(Math.max(...seqs))).toBe(0);
  for (const name of names) expect((await read(`/v1/templates/${name}`)).status).toBe(200);
});

it("registers several versions of one name in ascending order", async () => {
  const name = aName();
  const versions = ["1.2.0", "1.0.0", "1.1.0"];
  const told = await answerOf(postBatch(versions.map((version) => aDocument(name, { version }))));
  expect(told.results.map(({ status }) => status)).toEqual(["created", "created", "created"]);
  const { tags } = await (await read(`/v1/templates/${name}/versions`)).json<{ tags: object }>();
  expect(tags).toEqual({ latest: "1.2.0" });
});

it("lets one bad member stop no other, and says where it is bad", async () => {
  const [good, bad, taken] = [aName(), aName(), aName()];
  await answerOf(postBatch([aDocument(taken)]));
  const told = await answerOf(
    postBatch([
      aDocument(bad, { version: "one" }),
      aDocument(good),
      aDocument(taken, { description: "Other words." }),
      { nothing: true },
    ]),
  );
  expect(told.results.map(({ status, code }) => [status, code])).toEqual([
    ["rejected", "INVALID_DOCUMENT"],
    ["created", null],
    ["rejected", "VERSION_TAKEN"],
    ["rejected", "INVALID_DOCUMENT"],
  ]);
  expect(told.results[0]?.issues).toMatchObject([{ path: "/template/version" }]);
  expect(told.results[3]).toMatchObject({ name: null, version: null });
});

it("names a circle among the members, and registers who is not in it", async () => {
  const [one, two, free] = [aName("one"), aName("two"), aName("free")];
  const told = await answerOf(
    postBatch([aDocument(one, { extends: two }), aDocument(free), aDocument(two, { extends: one })]),
  );
  expect(told.results.map(({ status }) => status)).toEqual(["rejected", "created", "rejected"]);
  for (const result of [told.results[0], told.results[2]]) {
    expect(result?.message).toContain(one);
    expect(result?.message).toContain(two);
    expect(result?.issues).toMatchObject([{ path: "/template/extends" }]);
  }
});

it("refuses the children of a member that is refused", async () => {
  const [parent, child] = [aName("parent"), aName("child")];
  const told = await answerOf(
    postBatch([aDocument(child, { extends: parent }), aDocument(parent, { inputs: { size: { type: "number" } } })]),
  );
  expect(told.results[0]?.issues).toMatchObject([{ code: "parent_not_found", path: "/template/extends" }]);
});

it("reads a YAML stream, with lines that count from its top and a source of its own for each member", async () => {
  const [one, two, three] = [aName(), aName(), aName()];
  const textOf = (id: string) => `template:
  id: ${id}
  version: 1.0.0
  name: Sample
  description: Of a stream.
  interface: {outputs: {result: {type: string}}}
  requirements: {resources: {}}
`;
  const stream = `# the first\n${textOf(one)}---\n# the second\n${textOf(two).replace("1.0.0", "1.0")}---\n${textOf(three)}...\n---\n`;
  const told = await answerOf(ask("POST", "/v1/templates:batch", { body: stream, type: "application/yaml" }));
  expect(told.results.map(({ name, status }) => [name, status])).toEqual([
    [one, "created"],
    [two, "rejected"],
    [three, "created"],
  ]);
  expect(told.results[1]?.issues).toMatchObject([{ path: "/template/version", line: 13 }]);
  expect(await readSource(one)).toBe(`# the first\n${textOf(one)}`);
  expect(await readSource(three)).toBe(textOf(three));
});

it("says that nothing changed when the same batch comes again", async () => {
  const documents = [aDocument(aName()), aDocument(aName())];
  const first = await answerOf(postBatch(documents));
  const again = await answerOf(postBatch(documents));
  expect(again.results.map(({ status }) => status)).toEqual(["unchanged", "unchanged"]);
  expect(again.results.map(({ seq }) => seq)).toEqual(first.results.map(({ seq }) => seq));
});

it("lets the members of a dry run see each other, and commits none", async () => {
  const [parent, child] = [aName("parent"), aName("child")];
  const before = await env.DB.prepare("SELECT count(*) AS n FROM announcement").first("n");
  const documents = [
    aDocument(child, { extends: `${parent}@1.1.0` }),
    aDocument(parent, { version: "1.1.0", inputs: { size: { type: "integer" } } }),
    aDocument(parent),
    aDocument(parent, { version: "1.2.0" }),
  ];
  const told = await answerOf(postBatch(documents, "?dry_run=true"));
  expect(told).toMatchObject({ dry_run: true, seq: null });
  expect(told.results.map(({ status, code }) => [status, code])).toEqual([
    ["created", null],
    ["created", null],
    ["created", null],
    ["rejected", "INCOMPATIBLE_CHANGE"],
  ]);
  expect(told.results[1]?.comparison).toMatchObject({ against: "1.0.0", bump: "minor" });
  expect(await env.DB.prepare("SELECT count(*) AS n FROM announcement").first("n")).toBe(before);
  await refusalOf(await read(`/v1/templates/${parent}`), 404);
});

it("foretells in a dry run exactly what the real run then does", async () => {
  const [parent, child] = [aName("parent"), aName("child")];
  const documents = [aDocument(child, { extends: parent }), aDocument(parent), aDocument(parent, { name: "Other" })];
  const [foretold, done] = [
    await answerOf(postBatch(documents, "?dry_run=true")),
    await answerOf(postBatch(documents)),
  ];
  const gist = (told: BatchAnswer) => told.results.map(({ status, code, digest }) => [status, code, digest]);
  expect(gist(foretold)).toEqual(gist(done));
});

it("takes 500 documents and refuses one more", async () => {
  const documents = Array.from({ length: 500 }, (_, index) => aDocument(`many_${index}`));
  const told = await answerOf(postBatch(documents, "?dry_run=true"));
  expect(told.results.every(({ status }) => status === "created")).toBe(true);
  const refused = await refusalOf(await postBatch([...documents, aDocument("many_500")], "?dry_run=true"), 400);
  expect(refused.detail).toContain("500");

  const stream = Array.from({ length: 501 }, (_, index) => `---\ntemplate: {id: many_${index}}\n`).join("");
  const last = (await answerOf(ask("POST", "/v1/templates:batch", { body: stream, type: "text/yaml" }))).results.at(-1);
  expect(last?.issues).toMatchObject([{ code: "too_many_documents" }]);
});

it("refuses an empty batch and a batch that is no list", async () => {
  expect((await refusalOf(await postBatch([]), 400)).detail).toContain("empty");
  const single = ask("POST", "/v1/templates:batch", { body: "{}", type: "application/json" });
  expect((await refusalOf(await single, 400)).detail).toContain("without :batch");
  const nothing = await answerOf(ask("POST", "/v1/templates:batch", { body: "# nothing\n", type: "text/yaml" }));
  expect(nothing.results).toMatchObject([{ status: "rejected", issues: [{ code: "empty_document" }] }]);
});

async function answerOf(asked: Promise<Response>): Promise<BatchAnswer> {
  const response = await asked;
  expect(response.status, await response.clone().text()).toBe(200);
  return batchAnswer.parse(await response.json());
}
