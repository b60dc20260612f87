import { isMap, type JsonMap, type JsonValue } from "../../document/json-value.ts";

/** The schemas that a schema's keywords hold. What `enum`, `const`, `default` and `examples` hold are values, whatever they look like. */
export function schemasInside(schema: JsonMap): JsonValue[] {
  return Object.entries(schema).flatMap(([key, value]) => {
    if (asMap.has(key)) return isMap(value) ? Object.values(value) : [];
    if (!asOne.has(key)) return [];
    return Array.isArray(value) ? value : [value];
  });
}

/** Keywords that hold schemas by name. `dependencies` may hold lists of names too, which are no schemas. */
const asMap: ReadonlySet<string> = new Set([
  "$defs",
  "definitions",
  "properties",
  "patternProperties",
  "dependentSchemas",
  "dependencies",
]);

/** Keywords that hold a schema, or a list of some. */
const asOne: ReadonlySet<string> = new Set([
  "allOf",
  "anyOf",
  "oneOf",
  "not",
  "if",
  "then",
  "else",
  "items",
  "prefixItems",
  "additionalItems",
  "contains",
  "unevaluatedItems",
  "additionalProperties",
  "propertyNames",
  "unevaluatedProperties",
]);
