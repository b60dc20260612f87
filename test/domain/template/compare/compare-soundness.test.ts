import fc from "fast-check";
import { expect, test } from "vitest";
import { type Field, fieldType } from "../../../../src/contract/template/field.ts";
import { compareCallables } from "../../../../src/domain/template/compare/compare-callables.ts";
import { checkInputs } from "../../../../src/domain/template/value/check-inputs.ts";
import { aTemplate } from "../a-template.ts";
import { anyInputs, fieldOf, membersFor, mutationOfFields } from "../arbitrary-field.ts";

/** An interface, a changed one, and calls that the first one mostly accepts. */
const pairOf = (interfaces: fc.Arbitrary<Record<string, Field>>) =>
  interfaces.chain((from) =>
    fc.tuple(
      fc.constant(from),
      mutationOfFields(from),
      fc.array(membersFor(from, ["d"]), { minLength: 8, maxLength: 8 }),
    ),
  );

// Each type alone too: in a mixed interface some other input almost always breaks, and hides what this one does.
const alone = [...fieldType.options, "any" as const].map((type): [string, fc.Arbitrary<Record<string, Field>>] => [
  `one input of type ${type}`,
  fieldOf(type).map((field) => ({ a: field })),
]);

const openObject = fieldOf("object").map((field): Record<string, Field> => {
  return field.type === "object" ? { a: { properties: {}, ...field, additional_properties: true } } : {};
});

test.each([["mixed inputs", anyInputs] as const, ["an open object", openObject] as const, ...alone])(
  "what is judged no worse than minor takes every input that was taken before: %s",
  (_, interfaces) => {
    let telling = 0;
    fc.assert(
      fc.property(pairOf(interfaces), ([from, to, calls]) => {
        const comparison = compareCallables(aTemplate({ inputs: from }), aTemplate({ inputs: to }));
        if (comparison.bump === "major") return;
        for (const inputs of calls) {
          if (checkInputs({ inputs: from }, inputs).issueCount > 0) continue;
          if (comparison.bump !== "none") telling += 1;
          expect(checkInputs({ inputs: to }, inputs).issues).toEqual([]);
        }
      }),
      { numRuns: 2000 },
    );
    // The property must not hold for want of cases.
    expect(telling).toBeGreaterThan(300);
  },
);

test("a template compared with itself has no changes", () => {
  fc.assert(
    fc.property(anyInputs, anyInputs, (inputs, outputs) => {
      const template = aTemplate({ inputs, outputs });
      expect(compareCallables(template, structuredClone(template))).toEqual({ changes: [], bump: "none" });
    }),
    { numRuns: 300 },
  );
});

test("two interfaces that differ are never judged the same, and every change has a place in one of the documents", () => {
  fc.assert(
    fc.property(anyInputs, anyInputs, (from, to) => {
      const before = { template: aTemplate({ inputs: from }) };
      const after = { template: aTemplate({ inputs: to }) };
      const { changes } = compareCallables(before.template, after.template);
      if (JSON.stringify(sorted(from)) !== JSON.stringify(sorted(to))) expect(changes).not.toEqual([]);
      for (const { path } of changes)
        expect([path, ownerIsIn(before, path) || ownerIsIn(after, path)]).toEqual([path, true]);
    }),
    { numRuns: 500 },
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

/** Whether the parent of a place exists: the key itself may be what was implied. */
function ownerIsIn(document: unknown, pointer: string): boolean {
  let at: unknown = document;
  for (const token of pointer.split("/").slice(1, -1)) {
    if (typeof at !== "object" || at === null) return false;
    at = new Map(Object.entries(at)).get(token);
  }
  return at !== undefined;
}
