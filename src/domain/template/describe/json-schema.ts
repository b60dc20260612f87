import type { Callable } from "../../../contract/artifact/callable.ts";
import type { Field } from "../../../contract/template/field.ts";
import { fileValuePattern } from "../value/check-text-value.ts";
import { allowsUnknownProperties, mustBeGiven, propertiesToGive } from "../value/field-facts.ts";
import { copyJson } from "../value/json-equality.ts";
import { ecmaPattern } from "./ecma-pattern.ts";

/** A JSON Schema, or a part of one. */
export type JsonSchema = Record<string, unknown>;

/**
 * JSON Schema 2020-12 of the inputs of a template, function or workflow: it accepts what `checkInputs` accepts. Known gaps: patterns are RE2 there and ECMA-262
 * here (`\s` and `.` differ beyond ASCII; a pattern that ECMA-262 cannot read becomes a `$comment`); `format` is only asserted by
 * validators that are told to; the tolerance of `multipleOf` on floats is the validator's own; `precision` counts written decimals
 * there and is `multipleOf` here; nesting is bounded there; files are names of bytes, whose type and size only a run can check.
 */
export function inputsJsonSchema(callable: Callable, id?: string): JsonSchema {
  return rootSchema(callable, "Inputs", callable.interface?.inputs, id);
}

/** JSON Schema 2020-12 of its outputs. */
export function outputsJsonSchema(callable: Callable, id?: string): JsonSchema {
  return rootSchema(callable, "Outputs", callable.interface?.outputs, id);
}

/** The schema of a closed set of fields, or of any (null), without `$schema` and `$id`, to be put inside another document. */
export function fieldsSchema(fields: Record<string, Field> | null): JsonSchema {
  if (fields === null) return { type: "object" };
  const required = Object.entries(fields)
    .filter(([, field]) => mustBeGiven(field))
    .map(([name]) => name);
  return {
    type: "object",
    properties: mapValues(fields, fieldSchema),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

function rootSchema(
  callable: Callable,
  title: string,
  fields: Record<string, Field> | null | undefined,
  id: string | undefined,
): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...(id === undefined ? {} : { $id: id }),
    title: `${title} of ${callable.id} ${callable.version}`,
    ...fieldsSchema(fields === undefined ? {} : fields),
  };
}

function fieldSchema(field: Field): JsonSchema {
  const { type, ...constraints } = ownSchema(field);
  return {
    ...(type === undefined ? {} : { type: field.nullable === true ? [type, "null"] : type }),
    ...defined({ description: field.description }),
    ...constraints,
    ...(field.default === undefined ? {} : { default: copyJson(field.default) }),
  };
}

/** The schema of everything but null, words and default; `type` is one name, or absent where every type is right. */
function ownSchema(field: Field): JsonSchema {
  switch (field.type) {
    case "string":
      return {
        type: "string",
        ...defined({ minLength: field.min_length, maxLength: field.max_length, format: field.format }),
        ...(field.pattern === undefined ? {} : patternSchema(field.pattern)),
        ...enumSchema(field.enum, field.nullable),
      };
    case "integer":
      // Beyond ±(2^53 − 1) integers are refused, so the schema always has bounds.
      return {
        type: "integer",
        minimum: field.min ?? Number.MIN_SAFE_INTEGER,
        maximum: field.max ?? Number.MAX_SAFE_INTEGER,
        ...defined({ multipleOf: field.multiple_of }),
        ...enumSchema(field.enum, field.nullable),
      };
    case "float":
      return {
        type: "number",
        ...defined({ minimum: field.min, maximum: field.max }),
        ...stepsSchema(field.multiple_of, field.precision),
        ...enumSchema(field.enum, field.nullable),
      };
    case "boolean":
      return { type: "boolean" };
    case "file":
      return {
        type: "string",
        pattern: fileValuePattern,
        ...fileWords(field.format, field.mime_types, field.max_size),
      };
    case "array":
      return {
        type: "array",
        ...(field.items === undefined ? {} : { items: fieldSchema(field.items) }),
        ...defined({ minItems: field.min_items, maxItems: field.max_items, uniqueItems: field.unique_items }),
      };
    case "object": {
      const required = propertiesToGive(field);
      return {
        type: "object",
        ...(field.properties === undefined ? {} : { properties: mapValues(field.properties, fieldSchema) }),
        ...(required.length === 0 ? {} : { required }),
        additionalProperties: allowsUnknownProperties(field),
      };
    }
    case "any":
      return {};
  }
}

function patternSchema(source: string): JsonSchema {
  const pattern = ecmaPattern(source);
  return pattern === null ? { $comment: `must match the RE2 pattern ${source}` } : { pattern };
}

/** `enum` also says what null may be, so a nullable field lists it. */
function enumSchema(values: readonly unknown[] | undefined, nullable: boolean | undefined): JsonSchema {
  if (values === undefined) return {};
  return { enum: nullable === true ? [...values, null] : [...values] };
}

function stepsSchema(step: number | undefined, precision: number | undefined): JsonSchema {
  const finest = precision === undefined ? undefined : Number(`1e-${precision}`);
  if (step === undefined) return defined({ multipleOf: finest });
  return finest === undefined ? { multipleOf: step } : { multipleOf: step, allOf: [{ multipleOf: finest }] };
}

/** What the bytes must be: no keyword asserts it of a digest, so it is told in words, and as a media type where there is only one. */
function fileWords(formats?: readonly string[], mediaTypes?: readonly string[], maxBytes?: number): JsonSchema {
  const words = [
    ...(formats === undefined ? [] : [`formats ${formats.join(", ")}`]),
    ...(mediaTypes === undefined ? [] : [`media types ${mediaTypes.join(", ")}`]),
    ...(maxBytes === undefined ? [] : [`at most ${maxBytes} bytes`]),
  ];
  const [only, ...others] = mediaTypes ?? [];
  return {
    ...(only === undefined || others.length > 0 || only.endsWith("/*") ? {} : { contentMediaType: only }),
    ...(words.length === 0 ? {} : { $comment: `a file: ${words.join("; ")}` }),
  };
}

function mapValues<Value>(map: Record<string, Value>, change: (value: Value) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

function defined(keywords: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(keywords).filter(([, value]) => value !== undefined));
}
