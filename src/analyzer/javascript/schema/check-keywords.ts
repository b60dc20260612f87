import { type Field, stringFormat } from "../../../contract/template/field.ts";
import { didYouMean } from "../../../domain/did-you-mean.ts";
import type { JsonValue } from "../../../domain/document/json-value.ts";
import { quote, showValue } from "../../../domain/template/value/show-value.ts";
import type { Literal } from "../interface/read-literal.ts";
import { spanOf } from "../syntax/nodes.ts";
import { refuseOf, type TypeReading } from "../types/type-reading.ts";

type Expected = "a string" | "a number" | "a count" | "true or false" | "a list" | "an object" | "a value";

/** Keywords by the type that they act on, with what stands behind them. */
const keywords: Record<Exclude<Field["type"], "file">, Readonly<Record<string, Expected>>> = {
  string: {
    minLength: "a count",
    maxLength: "a count",
    pattern: "a string",
    format: "a string",
    enum: "a list",
    const: "a value",
  },
  integer: {
    minimum: "a number",
    maximum: "a number",
    exclusiveMinimum: "a number",
    exclusiveMaximum: "a number",
    multipleOf: "a number",
    enum: "a list",
    const: "a value",
  },
  float: { minimum: "a number", maximum: "a number", multipleOf: "a number", enum: "a list", const: "a value" },
  boolean: {},
  array: { items: "a value", minItems: "a count", maxItems: "a count", uniqueItems: "true or false" },
  object: { properties: "an object", required: "a list", additionalProperties: "true or false" },
  any: {},
};

const everywhere: Readonly<Record<string, Expected>> = {
  type: "a value",
  nullable: "true or false",
  description: "a string",
  default: "a value",
};

/** What only describes, and is not kept. */
const notes = new Set(["$schema", "$id", "$comment", "title", "examples", "deprecated", "readOnly", "writeOnly"]);

const checks: Record<Expected, (value: JsonValue) => boolean> = {
  "a string": (value) => typeof value === "string",
  "a number": (value) => typeof value === "number",
  "a count": (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0,
  "true or false": (value) => typeof value === "boolean",
  "a list": (value) => Array.isArray(value),
  "an object": (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "a value": () => true,
};

/** Whether a field of the type can say all that the schema says; what it cannot is told, keyword by keyword. */
export function checkKeywords(reading: TypeReading, schema: Literal, type: Field["type"]): boolean {
  const own = type === "file" ? {} : keywords[type];
  const known = [...Object.keys(everywhere), ...Object.keys(own)];
  let isFine = true;
  for (const [word, { key, literal }] of schema.entries) {
    if (notes.has(word)) continue;
    const problem = problemOf(word, literal.value, type, { ...everywhere, ...own });
    if (problem === null) continue;
    isFine = false;
    const meant = didYouMean(word, known);
    const isTypo = !known.includes(word) && meant !== null && !isKeyword(word);
    refuseOf(
      reading,
      spanOf(key),
      problem.code,
      problem.message,
      isTypo ? `did you mean ${meant}?` : problem.suggestion,
    );
  }
  return isFine;
}

interface Problem {
  code: string;
  message: string;
  suggestion: string | null;
}

function problemOf(
  word: string,
  value: JsonValue,
  type: Field["type"],
  known: Readonly<Record<string, Expected>>,
): Problem | null {
  const expected = Object.hasOwn(known, word) ? known[word] : undefined;
  if (expected === undefined) {
    const message = isKeyword(word)
      ? `${word} cannot act on type ${type}`
      : `the keyword ${quote(word)} is none that a field can say`;
    const suggestion = isKeyword(word)
      ? `remove it, or change the type`
      : "say it in the description, and check it in the function";
    return { code: isKeyword(word) ? "constraint_not_for_type" : "schema_keyword", message, suggestion };
  }
  if (!checks[expected](value)) {
    return {
      code: "schema_invalid",
      message: `${word} needs ${expected}, found ${showValue(value)}`,
      suggestion: null,
    };
  }
  if (word === "format" && !stringFormat.safeParse(value).success) {
    const suggestion = `the formats are ${stringFormat.options.join(", ")}`;
    return { code: "schema_keyword", message: `there is no format ${showValue(value)}`, suggestion };
  }
  return null;
}

function isKeyword(word: string): boolean {
  return Object.values(keywords).some((own) => Object.hasOwn(own, word));
}
