import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { validationAnswer } from "../../src/contract/template/validation.ts";
import { aDocument, askJson, publish } from "./a-registry.ts";
import { expectSound } from "./an-answer.ts";

const inputs = {
  text: { type: "string", min_length: 1, max_length: 10, pattern: "^[a-z]+$", default: "abc" },
  when: { type: "string", format: "date-time" },
  where: { type: "string", format: "uri" },
  who: { type: "string", format: "email", nullable: true },
  quality: { type: "string", enum: ["draft", "high"], default: "draft" },
  count: { type: "integer", min: 0, max: 10, multiple_of: 2, default: 4 },
  ratio: { type: "float", min: 0, max: 1, precision: 2 },
  step: { type: "float", multiple_of: 0.1 },
  flag: { type: "boolean", nullable: true },
  list: { type: "array", min_items: 1, max_items: 4, unique_items: true, items: { type: "integer" } },
  free: { type: "array", unique_items: true },
  box: {
    type: "object",
    required: ["x"],
    properties: { x: { type: "integer" }, y: { type: "file", format: ["png"] } },
  },
  any: { type: "object", additional_properties: true },
  photo: { type: "file", format: ["png"], max_size: 1000 },
};
const requirements = {
  resources: { gpu: true, vram_gb: 8, memory_gb: 4, estimated_time_seconds: 10 },
  quality_presets: { draft: { steps: 1 }, high: { extra_vram_gb: 2, resource_multiplier: 1.5, time_multiplier: 2 } },
};

beforeAll(async () => {
  await publish(aDocument("accepting", { inputs, requirements }));
});

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    "abc",
    "draft",
    "high",
    4,
    0.5,
    0.1,
    1e308,
    -0,
    true,
    null,
    [1, 2],
    [1, 1],
    { x: 1 },
    `sha256:${"a".repeat(64)}`,
  ),
  fc.string({ unit: "binary" }),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.webUrl(),
  fc.emailAddress(),
);
const someInputs = fc.oneof(
  fc.dictionary(fc.constantFrom(...Object.keys(inputs)), value, { maxKeys: 6 }),
  fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "texte", "")), value, { maxKeys: 3 }),
);

it("accepts or refuses any inputs, and names the place of each that is refused", async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(someInputs, async (given) => {
      const response = await askJson("POST", "/v1/templates/accepting/validate", { inputs: given });
      if (response.status === 200) {
        accepted += 1;
        validationAnswer.parse(await response.json());
        return;
      }
      const refused = await expectSound(response);
      expect(["INVALID_INPUTS", "INVALID_REQUEST"]).toContain(refused?.code);
      expect(refused?.issues.length).toBeGreaterThan(0);
      for (const issue of refused?.issues ?? []) expect(issue.path).not.toBe("");
    }),
    { numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(10);
});

it("gives back what it accepted, so that checking that again changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(someInputs, async (given) => {
      const first = await askJson("POST", "/v1/templates/accepting/validate", { inputs: given });
      if (first.status !== 200) return void (await first.body?.cancel());
      const told = validationAnswer.parse(await first.json());
      const again = await askJson("POST", "/v1/templates/accepting/validate", { inputs: told.inputs });
      expect(validationAnswer.parse(await again.json())).toEqual(told);
    }),
    { numRuns: 200 },
  );
});
