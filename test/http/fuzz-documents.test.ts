import fc from "fast-check";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import { batchAnswer } from "../../src/contract/artifact/registration.ts";
import { maintenanceAnswer } from "../../src/contract/http/registry.ts";
import { ask } from "./a-registry.ts";
import { expectPlaced, expectSound } from "./an-answer.ts";

const whole = {
  template: {
    id: "fuzzed_one",
    version: "1.0.0",
    name: "Fuzzed",
    description: "Has one of everything.",
    category: "image",
    author: "A tester",
    tags: ["one", "two words"],
    interface: {
      inputs: {
        text: { type: "string", min_length: 1, max_length: 10, pattern: "^[a-z]+$", default: "abc" },
        quality: { type: "string", enum: ["draft", "high"], default: "draft" },
        count: { type: "integer", min: 0, max: 10, multiple_of: 2, default: 4 },
        ratio: { type: "float", min: 0, max: 1, precision: 2 },
        flag: { type: "boolean", nullable: true },
        list: { type: "array", min_items: 1, unique_items: true, items: { type: "integer" } },
        box: {
          type: "object",
          required: ["x"],
          properties: { x: { type: "integer" }, y: { type: "file", format: ["png"] } },
        },
      },
      outputs: { image: { type: "file", format: ["png"], max_size: 1000, mime_types: ["image/*"] } },
    },
    requirements: {
      resources: { gpu: true, vram_gb: 8, cpu_cores: 2, memory_gb: 4 },
      models: [{ name: "m", hash: "a".repeat(64) }],
      quality_presets: { draft: { steps: 1 }, high: { extra_vram_gb: 2 } },
    },
    execution: { runtime: "runner", handler: "h", timeout_seconds: 60 },
    stages: [{ name: "work", weight: 1 }],
    examples: [{ name: "plain", inputs: { text: "a", count: 2 } }],
  },
};

const oddValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    "",
    -1,
    0,
    1e308,
    1e-320,
    2 ** 53,
    [],
    {},
    "\u0000",
    "\uFEFF",
    "9".repeat(400),
    "(",
    "(a+)+$",
    "\\",
    "1.0.0-x",
    "^1",
    "x@y",
  ),
);
const oddKey = fc.constantFrom(
  "type",
  "enum",
  "default",
  "extends",
  "abstract",
  "required",
  "items",
  "properties",
  "pattern",
  "min",
  "constructor",
  "toString",
  "x y",
  "",
  "/",
  "~0",
);

/** The document with one to three of its values taken away, replaced, or put elsewhere. */
const mutated = fc
  .array(
    fc.record({ at: fc.nat(200), how: fc.constantFrom("remove", "replace", "add"), value: oddValue, key: oddKey }),
    { minLength: 1, maxLength: 3 },
  )
  .map((mutations) => {
    const document: unknown = structuredClone(whole);
    for (const { at, how, value, key } of mutations) {
      const places = placesIn(document);
      const place = places[at % places.length];
      if (place === undefined) continue;
      if (how === "remove") Reflect.deleteProperty(place.holder, place.key);
      else
        Reflect.set(
          place.holder,
          how === "replace" ? place.key : Array.isArray(place.holder) ? place.holder.length : key,
          value,
        );
    }
    return document;
  });

/** A text with some of its characters lost, doubled, or replaced by such as mean something to YAML. */
function damaged(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    "",
    ":",
    "- ",
    "\n",
    "\t",
    "{",
    "}",
    "[",
    "'",
    '"',
    "#",
    "&a ",
    "*a",
    "!",
    "!!binary ",
    "|",
    ">",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "? ",
    "<<: ",
    "\r",
    "\u0000",
    "\uFEFF",
    "\u{1F600}",
    "~",
    "@",
    "`",
    ",",
  );
  const cut = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), lost: fc.nat(8), piece });
  return fc.tuple(text, fc.array(cut, { minLength: 1, maxLength: 4 })).map(([whole, cuts]) =>
    cuts.reduce((rest, { at, lost, piece: put }) => {
      const from = Math.floor(at * rest.length);
      return rest.slice(0, from) + put + rest.slice(from + lost);
    }, whole),
  );
}

const asText = fc
  .tuple(mutated, fc.boolean())
  .map(([document, isYaml]) => (isYaml ? stringify(document) : JSON.stringify(document)));
const query = fc.constantFrom("", "?dry_run=true");
const type = fc.constantFrom("application/yaml", "application/json");

async function expectSoundRegistration(text: string, how: string, mediaType: string): Promise<void> {
  const body = text.toWellFormed();
  const told = await expectSound(await ask("POST", `/v1/templates${how}`, { body, type: mediaType }));
  if (told?.code === "INVALID_DOCUMENT") expectPlaced(told.issues, true);
}

it("accepts the document that the others are made of", async () => {
  const response = await ask("POST", "/v1/templates?dry_run=true", {
    body: stringify(whole),
    type: "application/yaml",
  });
  expect(response.status, await response.text()).toBe(200);
});

it("registers or refuses any document that is nearly right, and says where it is wrong", async () => {
  await fc.assert(fc.asyncProperty(asText, query, type, expectSoundRegistration), { numRuns: 500 });
});

it("registers or refuses any damaged text", async () => {
  await fc.assert(fc.asyncProperty(damaged(asText), query, type, expectSoundRegistration), { numRuns: 500 });
});

it("refuses any text at all, and any bytes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), query, type, expectSoundRegistration),
    { numRuns: 200 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 100 }),
      type,
      fc.constantFrom("", ":batch"),
      async (body, mediaType, route) => {
        await expectSound(await ask("POST", `/v1/templates${route}`, { body: new Uint8Array(body), type: mediaType }));
      },
    ),
    { numRuns: 200 },
  );
});

it("gives each member of any batch a result of its own, placed", async () => {
  const stream = fc.array(asText, { minLength: 1, maxLength: 4 }).map((texts) => texts.join("\n---\n"));
  const list = fc
    .array(fc.oneof(mutated, fc.jsonValue()), { maxLength: 5 })
    .map((documents) => JSON.stringify(documents));
  const batch = fc.oneof(
    fc.tuple(fc.oneof(stream, damaged(stream)), fc.constant("application/yaml")),
    fc.tuple(fc.oneof(list, damaged(list)), fc.constant("application/json")),
  );
  await fc.assert(
    fc.asyncProperty(batch, query, async ([text, mediaType], how) => {
      const response = await ask("POST", `/v1/templates:batch${how}`, { body: text.toWellFormed(), type: mediaType });
      if (response.status !== 200) return void (await expectSound(response));
      for (const { status, code, message, issues } of batchAnswer.parse(await response.json()).results) {
        expect(status === "rejected").toBe(code !== null);
        expect(["INTERNAL", "UNAVAILABLE"]).not.toContain(code);
        if (code === "INVALID_DOCUMENT") expectPlaced(issues, mediaType === "application/yaml");
        if (code !== null) expect(message?.length).toBeGreaterThan(10);
      }
    }),
    { numRuns: 250 },
  );
});

it("has a registry in order after all that", async () => {
  const path = "/v1/admin/verify";
  const first = maintenanceAnswer.parse(await (await ask("GET", path)).json());
  expect(first.disagreements).toEqual([]);
  expect((await ask("GET", "/openapi.json")).status).toBe(200);
});

function placesIn(value: unknown): { holder: object; key: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [{ holder: value, key }, ...placesIn(member)]);
}
