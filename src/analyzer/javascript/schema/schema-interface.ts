import { limits } from "../../../contract/limits.ts";
import type { Field } from "../../../contract/template/field.ts";
import type { ExportedFunction } from "../exports/find-exports.ts";
import { checkInputNames } from "../interface/check-input-names.ts";
import type { DerivedInputs } from "../interface/derive-inputs.ts";
import type { DerivedOutputs } from "../interface/derive-outputs.ts";
import { type Literal, readLiteral } from "../interface/read-literal.ts";
import { readParameter, type TakenName } from "../interface/read-parameter.ts";
import { refusePositional } from "../interface/refuse-signature.ts";
import { spanOf, textOf } from "../syntax/nodes.ts";
import { isLegalName } from "../types/object-field.ts";
import { refuseOf, type TypeReading } from "../types/type-reading.ts";
import { withDefault } from "../types/with-default.ts";
import { checkKeywords } from "./check-keywords.ts";
import { schemaField, schemaProperties } from "./schema-field.ts";

/** The inputs that a schema tells. The function still has to take one object. */
export function schemaInputs(
  reading: TypeReading,
  fn: ExportedFunction,
  schema: Literal,
  isTyped: boolean,
): DerivedInputs {
  const inputs: DerivedInputs = { fields: [], parameters: [] };
  const parameter = readParameter(fn.node);
  if (parameter.kind === "positional") {
    refusePositional(reading, fn, parameter.nodes, isTyped);
    return inputs;
  }
  const properties = schemaProperties(schema);
  if (properties === null || !checkKeywords(reading, schema, "object")) {
    const message = "the schema of the inputs is of an object with properties and no others";
    if (properties === null)
      refuseOf(reading, spanOf(schema.node), "schema_invalid", message, 'write { type: "object", properties: { … } }');
    return inputs;
  }
  const taken: ReadonlyMap<string, TakenName> = parameter.kind === "object" ? (parameter.names ?? noNames) : noNames;
  const named = properties.map(([name, { key }]) => ({ name, span: key }));
  const legal = checkInputNames(reading, fn, named, taken, "the schema of the inputs");
  for (const [name, { literal, isRequired }] of properties) {
    if (!legal.has(name)) continue;
    const inside = { ...reading, path: `${reading.path}/parameters/${name}` };
    const given = taken.get(name)?.default ?? null;
    const told = schemaField(inside, literal, isRequired);
    const value = given === null ? undefined : readLiteral(given)?.value;
    const isTold = given === null || told.default !== undefined;
    const optional: Field = isTold ? told : { ...told, required: false };
    const field = isTold || value === undefined ? optional : withDefault(inside, told, value, spanOf(given));
    inputs.fields.push([name, field]);
    const default_text = given === null ? null : textOf(reading.code, given);
    const required = field.required === true;
    inputs.parameters.push({ name, kind: "keyword_only", annotation: null, default_text, required });
  }
  return inputs;
}

const noNames: ReadonlyMap<string, TakenName> = new Map();

/** The outputs that a schema tells: an object's properties are an output each. */
export function schemaOutputs(reading: TypeReading, schema: Literal): DerivedOutputs {
  const path = `${reading.path}/returns`;
  const properties = schemaProperties(schema) ?? [];
  const isFit = properties.length > 0 && properties.length <= limits.outputsPerRun;
  if (isFit && properties.every(([name]) => isLegalName(name)) && checkKeywords(reading, schema, "object")) {
    const fields = properties.map(([name, { literal, isRequired }]): [string, Field] => [
      name,
      schemaField({ ...reading, path: `${path}/${name}` }, literal, isRequired),
    ]);
    return { fields, returns: { annotation: null, shape: "fields", names: fields.map(([name]) => name) } };
  }
  const field = schemaField({ ...reading, path }, schema, true);
  return { fields: [["result", field]], returns: { annotation: null, shape: "value", names: ["result"] } };
}
