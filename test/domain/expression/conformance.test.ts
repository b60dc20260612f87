import { isDeepStrictEqual } from "node:util";
import { tests as root } from "@bufbuild/cel-spec/testdata/conformance.js";
import type { SerializedIncrementalTestSuite } from "@bufbuild/cel-spec/testdata/tests.js";
import { expect, test } from "vitest";
import { z } from "zod";
import type { JsonMap, JsonValue } from "../../../src/domain/document/json-value.ts";
import { evaluateExpression } from "../../../src/domain/expression/evaluate-expression.ts";
import { parseExpression } from "../../../src/domain/expression/parse-expression.ts";

/**
 * The conformance tests of the CEL specification that are about what JSON has. The others need times, bytes, unsigned numbers, Protobuf
 * messages or extensions, which expressions of workflows do not know.
 */
const files = [
  "basic",
  "comparisons",
  "conversions",
  "fields",
  "fp_math",
  "integer_math",
  "lists",
  "logic",
  "macros",
  "parse",
  "plumbing",
  "string",
];
const unknownHere =
  /\b(uint|bytes|type|timestamp|duration|null_type|google|cel|\w*TestAllTypes|proto[23]|x\.y|optional)\b|\d+[uU]\b|0x[\da-fA-F]+[uU]\b|(?<!\w)[bB][rR]?["']|`|^(int|double|bool|string|list|map)$|== (int|double|bool|string|list|map)\b/;

/** A value as the specification writes it. */
const specValue = z.looseObject({
  nullValue: z.null().optional(),
  boolValue: z.boolean().optional(),
  int64Value: z.string().optional(),
  doubleValue: z.union([z.number(), z.string()]).optional(),
  stringValue: z.string().optional(),
  get listValue() {
    return z.looseObject({ values: z.array(specValue).optional() }).optional();
  },
  get mapValue() {
    return z
      .looseObject({ entries: z.array(z.looseObject({ key: specValue, value: specValue })).optional() })
      .optional();
  },
});
type SpecValue = z.infer<typeof specValue>;

const specTest = z.looseObject({
  expr: z.string(),
  value: specValue.optional(),
  evalError: z.unknown().optional(),
  bindings: z.record(z.string(), z.looseObject({ value: specValue.optional() })).optional(),
  typedResult: z.unknown().optional(),
  unknown: z.unknown().optional(),
});
type SpecTest = z.infer<typeof specTest>;

function testsOf(suite: SerializedIncrementalTestSuite): SpecTest[] {
  const own = (suite.tests ?? []).map(({ original }) => specTest.parse(original));
  return [...own, ...(suite.suites ?? []).flatMap(testsOf)];
}

/** A value of the specification as JSON; undefined for what JSON has not. */
function jsonOf(value: SpecValue): JsonValue | undefined {
  if (value.nullValue === null) return null;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.int64Value !== undefined)
    return Number.isSafeInteger(Number(value.int64Value)) ? Number(value.int64Value) : undefined;
  if (value.doubleValue !== undefined)
    // JSON has no -0.
    return typeof value.doubleValue === "number" && Number.isFinite(value.doubleValue)
      ? value.doubleValue + 0
      : undefined;
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.listValue !== undefined) return allOf((value.listValue.values ?? []).map(jsonOf));
  if (value.mapValue === undefined) return undefined;
  const map: [string, JsonValue][] = [];
  for (const entry of value.mapValue.entries ?? []) {
    const item = jsonOf(entry.value);
    if (entry.key.stringValue === undefined || item === undefined) return undefined;
    map.push([entry.key.stringValue, item]);
  }
  return Object.fromEntries(map);
}

function allOf(values: (JsonValue | undefined)[]): JsonValue[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : undefined;
}

function scopeOf(bindings: SpecTest["bindings"]): JsonMap | undefined {
  const scope: JsonMap = {};
  for (const [name, { value }] of Object.entries(bindings ?? {})) {
    const json = value === undefined ? undefined : jsonOf(value);
    // A name with dots in it is a matter of Protobuf packages.
    if (json === undefined || name.includes(".")) return undefined;
    scope[name] = json;
  }
  return scope;
}

test("what the CEL specification says of strings, numbers, lists, maps, operators and macros is so here", () => {
  const chosen = (root.suites ?? []).filter(({ name }) => files.includes(name)).flatMap(testsOf);
  let checked = 0;
  const wrong: string[] = [];
  for (const spec of chosen) {
    if (unknownHere.test(spec.expr) || spec.typedResult !== undefined || spec.unknown !== undefined) continue;
    const isRefused = spec.evalError !== undefined;
    const expected = isRefused ? null : jsonOf(spec.value ?? { boolValue: true });
    const scope = scopeOf(spec.bindings);
    if (expected === undefined || scope === undefined) continue;
    checked++;
    const read = parseExpression(spec.expr);
    const result = read.ok ? evaluateExpression(read.value, scope) : read;
    const isRight = result.ok ? !isRefused && isDeepStrictEqual(result.value, expected) : isRefused;
    if (!isRight)
      wrong.push(
        `${spec.expr}: expected ${isRefused ? "an error" : JSON.stringify(expected)}, got ${JSON.stringify(result)}`,
      );
  }
  expect(wrong).toEqual([]);
  expect(checked).toBe(649);
});
