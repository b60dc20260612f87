import type { Field } from "../../../contract/template/field.ts";
import type { Type } from "../types/type-reading.ts";

const fields: readonly [string, Field][] = [
  ["integer", { type: "integer" }],
  ["int", { type: "integer" }],
  ["float", { type: "float" }],
  ["double", { type: "float" }],
  ["bool", { type: "boolean" }],
  ["array", { type: "array" }],
];

/** Names of types that JSDoc writes and TypeScript does not have. */
export const jsdocNames: ReadonlyMap<string, Type> = new Map(
  fields.map(([name, field]): [string, Type] => [name, { kind: "field", field, span: { from: 0, to: 0 } }]),
);
