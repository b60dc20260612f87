import Ajv2020 from "ajv/dist/2020.js";
import { beforeAll, expect, it } from "vitest";
import { versionList } from "../../src/contract/artifact/resolved.ts";
import { comparisonAnswer } from "../../src/contract/template/comparison-answer.ts";
import { schemaAnswer } from "../../src/contract/template/schema-answer.ts";
import { validationAnswer } from "../../src/contract/template/validation.ts";
import { aDocument, askJson, publish, read, refusalOf } from "./a-registry.ts";

const name = "readable";
const inputs = {
  prompt: { type: "string", required: true, max_length: 20 },
  steps: { type: "integer", min: 1, max: 100, default: 30 },
  quality: { type: "string", enum: ["draft", "high"], default: "draft" },
};
const requirements = {
  resources: { gpu: true, vram_gb: 8, memory_gb: 16 },
  quality_presets: { draft: { scheduler: "fast" }, high: { extra_vram_gb: 4, resource_multiplier: 2 } },
};
const versions = ["1.0.0", "1.0.1", "1.1.0", "2.0.0", "10.0.0"];

beforeAll(async () => {
  const before = { ...inputs, note: { type: "string" } };
  for (const version of versions.slice(0, 3)) await publish(aDocument(name, { version, inputs: before, requirements }));
  for (const version of versions.slice(3)) await publish(aDocument(name, { version, inputs, requirements }));
  await publish({ template: { id: "only_a_base", version: "1.0.0", abstract: true } });
});

const validate = (reference: string, body: unknown) => askJson("POST", `/v1/templates/${reference}/validate`, body);

it("lists versions highest first, by number and not by letter, in pages", async () => {
  const found: string[] = [];
  let path: string | null = `/v1/templates/${name}/versions?limit=2`;
  while (path !== null) {
    const response: Response = await read(path);
    const page = versionList.parse(await response.json());
    expect(page.tags).toEqual({ latest: "10.0.0" });
    found.push(...page.versions.map(({ version }) => version));
    path = /^<([^>]+)>/.exec(response.headers.get("link") ?? "")?.[1] ?? null;
  }
  expect(found).toEqual(versions.toReversed());
});

it("goes on at the right place when a version comes between two pages, and refuses a cursor that is none", async () => {
  await publish(aDocument("growing"));
  await publish(aDocument("growing", { version: "1.0.2" }));
  const first = versionList.parse(await (await read("/v1/templates/growing/versions?limit=1")).json());
  await publish(aDocument("growing", { version: "1.0.1" }));
  await publish(aDocument("growing", { version: "1.0.3" }));
  const rest = await read(`/v1/templates/growing/versions?cursor=${first.next_cursor}`);
  expect(versionList.parse(await rest.json()).versions.map(({ version }) => version)).toEqual(["1.0.1", "1.0.0"]);
  const foreign = btoa(JSON.stringify({ after: "zzz" }));
  await refusalOf(await read(`/v1/templates/growing/versions?cursor=${foreign}`), 400);
});

it("compares two versions, and by default with latest", async () => {
  const told = comparisonAnswer.parse(await (await read(`/v1/templates/${name}/compare?from=1.x`)).json());
  expect(told).toMatchObject({ name, from_version: "1.1.0", to_version: "10.0.0", bump: "major" });
  expect(told.changes).toMatchObject([{ level: "breaking", path: "/template/interface/inputs/note" }]);
  const back = await read(`/v1/templates/${name}/compare?from=latest&to=1.1.0`);
  expect(comparisonAnswer.parse(await back.json())).toMatchObject({ bump: "minor", to_version: "1.1.0" });
  const same = await read(`/v1/templates/${name}/compare?from=1.0.0&to=1.0.0`);
  expect(comparisonAnswer.parse(await same.json())).toMatchObject({ bump: "none", changes: [] });
  await refusalOf(await read(`/v1/templates/${name}/compare`), 400);
  await refusalOf(await read(`/v1/templates/${name}/compare?from=9.9.9`), 404);
});

it("gives JSON Schema that accepts what validate accepts", async () => {
  const told = schemaAnswer.parse(await (await read(`/v1/templates/${name}@^2/schema`)).json());
  expect(told).toMatchObject({ name, version: "2.0.0" });
  expect(told.inputs).toMatchObject({ type: "object", required: ["prompt"] });
  expect(Object.keys(told.inputs)).toContain("$schema");
  expect(JSON.stringify(told.outputs)).toContain('"result"');
  const accepts = new Ajv2020().compile(told.inputs);
  expect([accepts({ prompt: "a cat" }), accepts({}), accepts({ prompt: "a cat", steps: 0 })]).toEqual([
    true,
    false,
    false,
  ]);
});

it("checks inputs, applies defaults and tells what a run would need", async () => {
  const plain = validationAnswer.parse(await (await validate(name, { inputs: { prompt: "a cat" } })).json());
  expect(plain).toMatchObject({
    inputs: { prompt: "a cat", steps: 30, quality: "draft" },
    resources: { gpu: true, vram_gb: 8, memory_gb: 16 },
    quality: "draft",
    parameters: { scheduler: "fast" },
  });
  const high = await validate(`${name}@2.0.0`, { inputs: { prompt: "a cat", quality: "high" } });
  expect(validationAnswer.parse(await high.json())).toMatchObject({
    version: "2.0.0",
    resources: { vram_gb: 20, memory_gb: 32 },
    parameters: {},
  });
});

it("reports every bad input with its JSON Pointer, and coerces nothing", async () => {
  const response = await validate(name, { inputs: { prompt: "x".repeat(21), steps: "42", quality: "best", promt: 1 } });
  const refused = await refusalOf(response, 422);
  expect(refused.code).toBe("INVALID_INPUTS");
  expect(refused.issues.map(({ path }) => path).sort()).toEqual(["/prompt", "/promt", "/quality", "/steps"]);
});

it("lets nobody run what is abstract", async () => {
  expect((await refusalOf(await validate("only_a_base", { inputs: {} }), 409)).code).toBe("STATE_CONFLICT");
});
