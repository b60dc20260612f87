import type { Inputs } from "../../contract/template/document.ts";
import type { Field } from "../../contract/template/field.ts";

/** Inputs to begin with: those that must be given, each with an empty value of its type. */
export function firstInputs(inputs: Inputs): Record<string, unknown> {
  const needed = Object.entries(inputs).filter(([, field]) => field.required === true && field.default === undefined);
  return Object.fromEntries(needed.map(([name, field]) => [name, emptyOf(field)]));
}

function emptyOf(field: Field): unknown {
  switch (field.type) {
    case "string":
      return field.enum?.[0] ?? "";
    case "integer":
    case "float":
      return field.enum?.[0] ?? field.min ?? 0;
    case "boolean":
      return false;
    case "array":
      return [];
    case "object": {
      const needed = Array.isArray(field.required) ? field.required : [];
      const properties = Object.entries(field.properties ?? {});
      const shown = properties.filter(([name, inner]) => inner.required === true || needed.includes(name));
      return Object.fromEntries(shown.map(([name, inner]) => [name, emptyOf(inner)]));
    }
    case "file":
      return "";
    case "any":
      return null;
  }
}
