import type { Field } from "../../../contract/template/field.ts";
import { compilePattern } from "../../../domain/template/value/compile-pattern.ts";
import type { Expression } from "../syntax/expression.ts";
import { evaluateDefault } from "./evaluate-default.ts";
import { type TypeReading, warnOf } from "./type-reading.ts";

/** What a call like `Field(ge=0, le=1)` says by its keywords, as far as they are literals. */
export type Constraints = ReadonlyMap<string, { value: unknown; written: Expression }>;

/** The literal keywords of a call. */
export function readKeywords(reading: TypeReading, call: Extract<Expression, { type: "call" }>): Constraints {
  return new Map(
    call.keywords.flatMap(({ name, value: written }) => {
      const read = name === null ? null : evaluateDefault(reading.module, written);
      return name === null || read?.state !== "value" ? [] : [[name, { value: read.value, written }] as const];
    }),
  );
}

/** A field with constraints by pydantic's and annotated_types' names, those that act on its type. */
export function applyConstraints(reading: TypeReading, field: Field, constraints: Constraints): Field {
  const described = withDescription(field, constraints.get("description")?.value);
  switch (described.type) {
    case "integer":
    case "float":
      return applyToNumber(described, constraints);
    case "string":
      return applyToString(reading, described, constraints);
    case "array": {
      const [min_items, max_items] = lengths(constraints);
      return crossed(min_items, max_items) ? described : { ...described, ...defined({ min_items, max_items }) };
    }
    default:
      return described;
  }
}

/** A field that is described, as long as a description may be. */
export function withDescription(field: Field, text: unknown): Field {
  return typeof text === "string" && text !== "" ? { ...field, description: cutDescription(text) } : field;
}

const longestDescription = 4000;

function cutDescription(text: string): string {
  return text.length > longestDescription ? `${text.slice(0, longestDescription - 1).trimEnd()}…` : text;
}

/** An exclusive bound of a float is told as inclusive: the function itself refuses the bound. */
function applyToNumber(field: Extract<Field, { type: "integer" | "float" }>, constraints: Constraints): Field {
  const [ge, gt, le, lt] = ["ge", "gt", "le", "lt"].map((key) => numberOf(constraints, key));
  const step = numberOf(constraints, "multiple_of");
  if (field.type === "float") {
    const [min, max] = [highest(ge, gt, field.min), lowest(le, lt, field.max)];
    const multiple_of = step !== undefined && step > 0 ? step : undefined;
    return crossed(min, max) ? field : { ...field, ...defined({ min, max, multiple_of }) };
  }
  const min = highest(
    whole(ge, Math.ceil),
    whole(gt, (value) => Math.floor(value) + 1),
    field.min,
  );
  const max = lowest(
    whole(le, Math.floor),
    whole(lt, (value) => Math.ceil(value) - 1),
    field.max,
  );
  const multiple_of = step !== undefined && step > 0 && Number.isSafeInteger(step) ? step : undefined;
  return crossed(min, max) ? field : { ...field, ...defined({ min, max, multiple_of }) };
}

function applyToString(
  reading: TypeReading,
  field: Extract<Field, { type: "string" }>,
  constraints: Constraints,
): Field {
  const [min_length, max_length] = lengths(constraints);
  const bounded = crossed(min_length, max_length) ? field : { ...field, ...defined({ min_length, max_length }) };
  const pattern = constraints.get("pattern") ?? constraints.get("regex");
  if (typeof pattern?.value !== "string") return bounded;
  const compiled = compilePattern(pattern.value);
  if (!("error" in compiled)) return { ...bounded, pattern: pattern.value };
  const message = `the pattern is left to the function: it is not RE2 syntax (${compiled.error})`;
  warnOf(reading, pattern.written, "pattern_unsayable", message, "RE2 has no lookaround and no backreferences");
  return bounded;
}

function lengths(constraints: Constraints): [number | undefined, number | undefined] {
  const count = (key: string) => {
    const value = numberOf(constraints, key);
    return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  };
  return [count("min_length"), count("max_length")];
}

function numberOf(constraints: Constraints, key: string): number | undefined {
  const value = constraints.get(key)?.value;
  return typeof value === "number" ? value : undefined;
}

function whole(value: number | undefined, round: (value: number) => number): number | undefined {
  const rounded = value === undefined ? undefined : round(value);
  return rounded !== undefined && Number.isSafeInteger(rounded) ? rounded : undefined;
}

function highest(...bounds: (number | undefined)[]): number | undefined {
  const said = bounds.filter((bound) => bound !== undefined);
  return said.length === 0 ? undefined : Math.max(...said);
}

function lowest(...bounds: (number | undefined)[]): number | undefined {
  const said = bounds.filter((bound) => bound !== undefined);
  return said.length === 0 ? undefined : Math.min(...said);
}

/** Bounds that let nothing in are the author's slip, which the function's own check will tell. */
function crossed(min: number | undefined, max: number | undefined): boolean {
  return min !== undefined && max !== undefined && min > max;
}

function defined<Key extends string>(bounds: Record<Key, number | undefined>): Partial<Record<Key, number>> {
  const said: Partial<Record<Key, number>> = {};
  for (const key in bounds) {
    const value = bounds[key];
    if (value !== undefined) said[key] = value;
  }
  return said;
}
