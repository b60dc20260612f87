import fc from "fast-check";
import { expect, test } from "vitest";
import type { Field } from "../../../../src/contract/template/field.ts";
import { checkInputs } from "../../../../src/domain/template/value/check-inputs.ts";
import { anyInputs, membersFor } from "../arbitrary-field.ts";

const inputs: Record<string, Field> = {
  prompt: { type: "string", required: true, min_length: 1 },
  width: { type: "integer", default: 512, enum: [512, 768] },
  seed: { type: "integer" },
  options: {
    type: "object",
    default: {},
    properties: {
      mode: { type: "string", default: "fast" },
      layers: { type: "array", items: { type: "object", properties: { alpha: { type: "float", default: 1 } } } },
    },
  },
};

test("defaults are put in, also inside objects and list items, in the order of declaration", () => {
  const given = { options: { layers: [{}, { alpha: 0.5 }] }, prompt: "a cat" };
  const checked = checkInputs({ inputs }, given);
  expect(checked.issues).toEqual([]);
  expect(JSON.stringify(checked.inputs)).toBe(
    '{"prompt":"a cat","width":512,"options":{"mode":"fast","layers":[{"alpha":1},{"alpha":0.5}]}}',
  );
});

test("what is optional and has no default stays out, and the default of an object gets its members' defaults", () => {
  expect(checkInputs({ inputs }, { prompt: "a" }).inputs).toEqual({
    prompt: "a",
    width: 512,
    options: { mode: "fast" },
  });
});

test("every problem is reported together, each at its place", () => {
  const checked = checkInputs({ inputs }, { widt: 1, width: "512", options: { layers: [{ alpha: "1" }] } });
  expect(checked.issues.map(({ path, code, suggestion }) => [path, code, suggestion])).toEqual([
    ["/prompt", "missing_input", null],
    ["/width", "wrong_type", "write 512 without quotes"],
    ["/options/layers/0/alpha", "wrong_type", "write 1 without quotes"],
    ["/widt", "unknown_input", "did you mean width?"],
  ]);
  expect(checked.issueCount).toBe(4);
});

test.each([null, [], "x", 1, undefined])("inputs that are %j and no object are refused", (value) => {
  expect(checkInputs({ inputs }, value)).toMatchObject({ issues: [{ path: "", code: "wrong_type" }], inputs: {} });
});

test("names of the prototype are neither inputs nor stand in for them", () => {
  const tricky = Object.fromEntries<Field>([
    ["constructor", { type: "string", required: true }],
    ["valueOf", { type: "string" }],
  ]);
  expect(checkInputs({ inputs: tricky }, {}).issues).toMatchObject([{ path: "/constructor", code: "missing_input" }]);
  const evil = JSON.parse('{"__proto__":{"prompt":"a"}}');
  expect(checkInputs({ inputs }, evil).issues.map(({ path }) => path)).toEqual(["/prompt", "/__proto__"]);
});

test("a key __proto__ in an open object stays a key and sets no prototype", () => {
  const open: Record<string, Field> = { o: { type: "object" } };
  const checked = checkInputs({ inputs: open }, { o: JSON.parse('{"__proto__":{"polluted":true}}') });
  expect(JSON.stringify(checked.inputs)).toBe('{"o":{"__proto__":{"polluted":true}}}');
  expect(Object.getPrototypeOf(checked.inputs.o)).toBe(Object.prototype);
});

test("defaults are copied: changing what came back changes no template", () => {
  const listed: Record<string, Field> = { tags: { type: "array", default: [["a"]] } };
  const first = checkInputs({ inputs: listed }, {}).inputs.tags;
  if (Array.isArray(first)) first[0].push("b");
  expect(checkInputs({ inputs: listed }, {}).inputs).toEqual({ tags: [["a"]] });
});

test("issues beyond what an answer carries are counted", () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`x${index}`, 1]));
  const checked = checkInputs({ inputs: {} }, many);
  expect([checked.issues.length, checked.issueCount]).toEqual([200, 1000]);
});

test("inputs with defaults applied are accepted again, and applying them again changes nothing", () => {
  let accepted = 0;
  const cases = anyInputs.chain((fields) => fc.tuple(fc.constant(fields), membersFor(fields, ["d"])));
  fc.assert(
    fc.property(cases, ([fields, call]) => {
      const before = JSON.stringify([fields, call]);
      const once = checkInputs({ inputs: fields }, call);
      expect(JSON.stringify([fields, call])).toBe(before);
      if (once.issueCount > 0) return;
      accepted += 1;
      const twice = checkInputs({ inputs: fields }, once.inputs);
      expect(twice.issues).toEqual([]);
      expect(JSON.stringify(twice.inputs)).toBe(JSON.stringify(once.inputs));
    }),
    { numRuns: 2000 },
  );
  expect(accepted).toBeGreaterThan(100);
});

test("checking never throws, whatever the value", () => {
  fc.assert(
    fc.property(
      anyInputs,
      fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }),
      (fields, value) => {
        checkInputs({ inputs: fields }, value);
        checkInputs({ inputs: fields }, { a: value, b: value });
      },
    ),
    { numRuns: 500 },
  );
});
