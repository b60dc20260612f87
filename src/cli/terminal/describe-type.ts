import type { Field } from "../../contract/template/field.ts";

const mostChoices = 4;

/** A field's type on a few words: `integer, 1 to 10`, `"fast" or "best"`, `list of float`, `file (npy, tif)`, `string or null`. */
export function describeType(field: Field): string {
  const told = withoutNull(field);
  return field.nullable === true && field.type !== "any" ? `${told} or null` : told;
}

function withoutNull(field: Field): string {
  switch (field.type) {
    case "string":
      if (field.enum !== undefined) return choices(field.enum);
      return [
        `string${field.format === undefined ? "" : ` (${field.format})`}`,
        range(field.min_length, field.max_length, " characters"),
      ].join("");
    case "integer":
    case "float":
      if (field.enum !== undefined) return choices(field.enum);
      return field.type + range(field.min, field.max, "");
    case "array":
      return `list${field.items === undefined ? "" : ` of ${describeType(field.items)}`}${range(field.min_items, field.max_items, " items")}`;
    case "object":
      return field.properties === undefined ? "object" : `object {${Object.keys(field.properties).join(", ")}}`;
    case "file":
      return field.format === undefined ? "file" : `file (${field.format.join(", ")})`;
    case "boolean":
    case "any":
      return field.type;
  }
}

function choices(values: readonly (string | number)[]): string {
  const some = values.slice(0, mostChoices).map((value) => JSON.stringify(value));
  return some.join(" or ") + (values.length > mostChoices ? ` or ${values.length - mostChoices} more` : "");
}

function range(min: number | undefined, max: number | undefined, unit: string): string {
  if (min === undefined && max === undefined) return "";
  if (max === undefined) return `, at least ${min}${unit}`;
  if (min === undefined) return `, at most ${max}${unit}`;
  return min === max ? `, ${min}${unit}` : `, ${min} to ${max}${unit}`;
}
