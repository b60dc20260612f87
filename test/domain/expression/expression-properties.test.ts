import fc from "fast-check";
import { expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import type { JsonValue } from "../../../src/domain/document/json-value.ts";
import { evaluateExpression } from "../../../src/domain/expression/evaluate-expression.ts";
import { fillTemplate } from "../../../src/domain/expression/fill-template.ts";
import { inferType } from "../../../src/domain/expression/infer-type.ts";
import { parseExpression } from "../../../src/domain/expression/parse-expression.ts";
import { readTemplate } from "../../../src/domain/expression/read-template.ts";
import { expressionOf, scope, types } from "./arbitrary-expression.ts";

const kinds = ["integer", "float", "string", "boolean"] as const;
const anyExpression = fc
  .constantFrom(...kinds)
  .chain((kind) => expressionOf(kind, 2).map((known) => ({ kind, ...known })));
const short = anyExpression.filter(({ text }) => text.length <= limits.expressionLength);

test("random expressions give what JavaScript computes for them, and are refused where there is no value", () => {
  let valued = 0;
  fc.assert(
    fc.property(short, ({ text, value }) => {
      const read = parseExpression(text);
      if (!read.ok) throw new Error(`${text}: ${read.failure.message}`);
      const result = evaluateExpression(read.value, scope);
      if (value === null) return;
      valued++;
      expect(result).toEqual({ ok: true, value: value.of });
    }),
    { numRuns: 2000 },
  );
  expect(valued).toBeGreaterThan(1000);
});

test("the type inferred for a random expression is the type of its value, and nothing is found wrong in it", () => {
  fc.assert(
    fc.property(short, ({ text, kind, value }) => {
      const read = parseExpression(text);
      if (!read.ok) throw new Error(`${text}: ${read.failure.message}`);
      const { type, issues } = inferType(read.value, types);
      // `steps.b` gives nothing and is only asked with has().
      expect(issues).toEqual([]);
      expect(type.type).toBe(kind);
      if (value !== null) expect(isOf(kind, value.of)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

function isOf(kind: string, value: JsonValue): boolean {
  if (kind === "integer") return Number.isInteger(value);
  return typeof value === (kind === "float" ? "number" : kind);
}

test("every reference of a random expression stands where its place says", () => {
  fc.assert(
    fc.property(short, ({ text }) => {
      const read = parseExpression(text);
      if (!read.ok) throw new Error(`${text}: ${read.failure.message}`);
      for (const { path, at } of read.value.references) expect(text.slice(at).startsWith(path[0] ?? "")).toBe(true);
      const inputs = text.replaceAll(/"(\\.|[^"\\])*"/g, '""').match(/workflow\.input\.\w+/g) ?? [];
      expect(
        read.value.references.filter(({ path }) => path[0] === "workflow").map(({ path }) => path.join(".")),
      ).toEqual(inputs);
    }),
    { numRuns: 500 },
  );
});

const plainText = fc.string({ unit: fc.constantFrom("a", " ", "}", "é", "😀", "\n", '"'), maxLength: 6 });

test("a template of random texts and expressions reads back as its parts, and fills with their values", () => {
  fc.assert(
    fc.property(plainText, fc.array(fc.tuple(short, plainText), { maxLength: 4 }), (first, rest) => {
      const value = first + rest.map(([{ text }, after]) => `{{ ${text} }}${after}`).join("");
      const { parts, isExpression, issues } = readTemplate(value);
      expect(issues).toEqual([]);
      const written = parts.filter((part) => typeof part === "object");
      expect(written.map(({ text }) => text)).toEqual(rest.map(([{ text }]) => text));
      for (const { text, at } of written) expect(value.slice(at, at + text.length)).toBe(text);
      expect(isExpression).toBe(rest.length === 1 && (first + rest[0]?.[1]).trim() === "");
      const filled = fillTemplate({ at: [value] }, scope);
      const values = rest.map(([known, after]) => (known.value === null ? null : { of: known.value.of, after }));
      if (values.includes(null)) return;
      const texts = values.map((known) => (known === null ? "" : asText(known.of) + known.after));
      const whole = values[0];
      const expected = isExpression && whole ? whole.of : first + texts.join("");
      expect(filled).toEqual({ ok: true, value: { at: [expected] } });
    }),
    { numRuns: 500 },
  );
});

function asText(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
