import type { Field } from "../../contract/template/field.ts";
import { sizeText } from "../parts/size-text.ts";

/** What a field's constraints ask of a value, a phrase each. */
export function describeRules(field: Field): string[] {
  switch (field.type) {
    case "string":
      return some([
        span(field.min_length, field.max_length, "character"),
        field.format,
        field.pattern === undefined ? undefined : `matches ${field.pattern}`,
        oneOf(field.enum),
      ]);
    case "integer":
      return some([range(field.min, field.max), multipleOf(field.multiple_of), oneOf(field.enum)]);
    case "float":
      return some([
        range(field.min, field.max),
        multipleOf(field.multiple_of),
        field.precision === undefined ? undefined : `at most ${counted(field.precision, "decimal")}`,
        oneOf(field.enum),
      ]);
    case "boolean":
    case "any":
      return [];
    case "array":
      return some([
        span(field.min_items, field.max_items, "item"),
        field.unique_items === true ? "no item twice" : undefined,
      ]);
    case "object":
      return field.additional_properties === true ? ["other properties too"] : [];
    case "file":
      return some([
        field.format?.map((extension) => `.${extension}`).join(", "),
        field.mime_types?.join(", "),
        field.max_size === undefined ? undefined : `at most ${sizeText(field.max_size)}`,
      ]);
  }
}

function some(rules: (string | undefined)[]): string[] {
  return rules.filter((rule) => rule !== undefined);
}

function range(min: number | undefined, max: number | undefined): string | undefined {
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  if (min !== undefined) return `at least ${min}`;
  return max === undefined ? undefined : `at most ${max}`;
}

function span(min: number | undefined, max: number | undefined, noun: string): string | undefined {
  if (min !== undefined && min === max) return `exactly ${counted(min, noun)}`;
  if (min !== undefined && max !== undefined) return `${min} to ${counted(max, noun)}`;
  if (min !== undefined) return `at least ${counted(min, noun)}`;
  return max === undefined ? undefined : `at most ${counted(max, noun)}`;
}

function multipleOf(step: number | undefined): string | undefined {
  return step === undefined ? undefined : `multiple of ${step}`;
}

function oneOf(values: readonly (string | number)[] | undefined): string | undefined {
  return values === undefined ? undefined : `one of ${values.join(", ")}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
