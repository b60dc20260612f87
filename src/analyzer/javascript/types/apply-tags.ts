import { type Field, stringFormat } from "../../../contract/template/field.ts";
import { compilePattern } from "../../../domain/template/value/compile-pattern.ts";
import type { Jsdoc, JsdocTag } from "../docs/read-jsdoc.ts";
import { type TypeReading, warnOf } from "./type-reading.ts";

/** A field with what the tags of its comment say: `@minimum 0`, `@pattern ^a`, `@type {integer}`. Tags that cannot act are told. */
export function applyTags(reading: TypeReading, field: Field, docs: Jsdoc | null): Field {
  if (docs === null) return field;
  return docs.tags.reduce((tagged, tag) => {
    const apply = tags.get(tag.tag.toLowerCase());
    if (apply === undefined) return tagged;
    const applied = apply(tagged, tag.rest, tag);
    if (typeof applied !== "string") return applied;
    const message = `@${tag.tag} is left out: ${applied}`;
    warnOf(reading, tag.span, "constraint_refused", message, null);
    return tagged;
  }, field);
}

/** A field that is described, as long as a description may be. */
export function withDescription(field: Field, text: string | null | undefined): Field {
  if (text === null || text === undefined || text === "") return field;
  return {
    ...field,
    description: text.length > longestDescription ? `${text.slice(0, longestDescription - 1)}…` : text,
  };
}

const longestDescription = 4000;

/** What a tag makes of a field, or why it cannot. */
type Apply = (field: Field, text: string, tag: JsdocTag) => Field | string;

const tags: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ["type", asInteger],
  ["integer", (field, text) => asInteger(field, text, null)],
  ["minimum", bound("min", (value) => value)],
  ["min", bound("min", (value) => value)],
  ["maximum", bound("max", (value) => value)],
  ["max", bound("max", (value) => value)],
  // Of floats an exclusive bound is told as inclusive: the function itself refuses the bound.
  ["exclusiveminimum", bound("min", (value, isWhole) => (isWhole ? Math.floor(value) + 1 : value))],
  ["exclusivemaximum", bound("max", (value, isWhole) => (isWhole ? Math.ceil(value) - 1 : value))],
  ["multipleof", bound("multiple_of", (value) => value)],
  ["minlength", count("string", "min_length")],
  ["maxlength", count("string", "max_length")],
  ["minitems", count("array", "min_items")],
  ["maxitems", count("array", "max_items")],
  ["uniqueitems", (field) => (field.type === "array" ? { ...field, unique_items: true } : cannotAct(field))],
  ["pattern", withPattern],
  ["format", withFormat],
]);

function cannotAct(field: Field): string {
  return `it cannot act on type ${field.type}`;
}

function asInteger(field: Field, _: string, tag: JsdocTag | null): Field | string {
  if (tag !== null && !/^int(eger)?$/i.test(tag.type ?? "")) return field;
  if (field.type !== "float" || field.enum !== undefined) return field.type === "integer" ? field : cannotAct(field);
  const { precision: _precision, min, max, multiple_of: _step, enum: _enum, ...rest } = field;
  return {
    ...rest,
    type: "integer",
    ...(min === undefined ? {} : { min: Math.ceil(min) }),
    ...(max === undefined ? {} : { max: Math.floor(max) }),
  };
}

function bound(key: "min" | "max" | "multiple_of", adjust: (value: number, isWhole: boolean) => number): Apply {
  return (field, text) => {
    const value = numberOf(text);
    if (value === null) return `it needs a number, found ${text === "" ? "nothing" : text}`;
    if (field.type !== "integer" && field.type !== "float") return cannotAct(field);
    const isWhole = field.type === "integer";
    const adjusted = adjust(value, isWhole);
    const fits =
      isWhole && key === "min" ? Math.ceil(adjusted) : isWhole && key === "max" ? Math.floor(adjusted) : adjusted;
    if (key === "multiple_of" && (fits <= 0 || (isWhole && !Number.isSafeInteger(fits))))
      return "it needs a positive number";
    const bounded: Field = { ...field, [key]: fits };
    const isCrossed = bounded.min !== undefined && bounded.max !== undefined && bounded.min > bounded.max;
    return isCrossed ? "nothing would be accepted" : bounded;
  };
}

function numberOf(text: string): number | null {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

function count(type: "string" | "array", key: "min_length" | "max_length" | "min_items" | "max_items"): Apply {
  return (field, text) => {
    const value = numberOf(text);
    if (value === null || !Number.isSafeInteger(value) || value < 0) return "it needs a count, like 3";
    if (field.type !== type) return cannotAct(field);
    const bounded: Field = { ...field, [key]: value };
    return isCrossed(bounded) ? "nothing would be accepted" : bounded;
  };
}

function isCrossed(field: Field): boolean {
  if (field.type === "string") return (field.min_length ?? 0) > (field.max_length ?? Number.POSITIVE_INFINITY);
  return field.type === "array" && (field.min_items ?? 0) > (field.max_items ?? Number.POSITIVE_INFINITY);
}

function withPattern(field: Field, text: string): Field | string {
  if (field.type !== "string") return cannotAct(field);
  const compiled = compilePattern(text);
  return "error" in compiled ? `the pattern is not RE2 syntax (${compiled.error})` : { ...field, pattern: text };
}

function withFormat(field: Field, text: string): Field | string {
  const format = stringFormat.safeParse(text);
  if (field.type !== "string") return cannotAct(field);
  return format.success ? { ...field, format: format.data } : `the formats are ${stringFormat.options.join(", ")}`;
}
