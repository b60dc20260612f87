import type { TSType } from "@babel/types";
import type { Docstring } from "../../../contract/function/analysis.ts";
import type { Field } from "../../../contract/template/field.ts";
import type { DerivedInterface } from "../../derived-interface.ts";
import type { Finding } from "../../finding.ts";
import { parseTypeText } from "../docs/parse-type-text.ts";
import type { Jsdoc } from "../docs/read-jsdoc.ts";
import type { ExportedFunction } from "../exports/find-exports.ts";
import type { FunctionSchema } from "../schema/read-schemas.ts";
import { schemaInputs, schemaOutputs } from "../schema/schema-interface.ts";
import { deriveField } from "../types/derive-field.ts";
import type { ModuleTypes } from "../types/module-types.ts";
import { membersOf } from "../types/object-members.ts";
import { type TypeReading, typeBudget } from "../types/type-reading.ts";
import { declaredFunction } from "./declared-function.ts";
import { deriveInputs } from "./derive-inputs.ts";
import { deriveOutputs } from "./derive-outputs.ts";
import { annotationOf } from "./read-parameter.ts";

/** What an interface is derived in: the module around the function. */
export interface Surroundings {
  code: string;
  types: ModuleTypes;
  isTyped: boolean;
  /** What `export const schema` says of this function; it goes before the types. */
  schema: FunctionSchema | null;
}

/** The interface of a function, as its schema, its types or its JSDoc tell it; nothing is executed. */
export function deriveInterface(
  fn: ExportedFunction,
  { code, types, isTyped, schema }: Surroundings,
): DerivedInterface {
  const findings: Finding[] = [];
  const reading: TypeReading = {
    code,
    types,
    side: "input",
    findings,
    path: `/functions/${fn.name}`,
    within: [],
    depth: 1,
    budget: { left: typeBudget },
    derive: deriveField,
    properties: membersOf,
  };
  const declared = declaredFunction(reading, fn.declared ?? typeByTag(fn.docs));
  const [parameter] = declared?.params ?? [];
  const declaredInputs = parameter === undefined ? null : annotationOf(parameter);
  const inputs =
    schema?.inputs == null
      ? deriveInputs(reading, fn, declaredInputs, isTyped)
      : schemaInputs(reading, fn, schema.inputs, isTyped);
  const outgoing: TypeReading = { ...reading, side: "output" };
  const declaredOutput = declared?.returnType?.typeAnnotation ?? null;
  const outputs =
    schema?.outputs == null ? deriveOutputs(outgoing, fn, declaredOutput) : schemaOutputs(outgoing, schema.outputs);
  return {
    interface: { inputs: Object.fromEntries(inputs.fields), outputs: Object.fromEntries(outputs.fields) },
    parameters: inputs.parameters,
    returns: outputs.returns,
    docs: docsOf(fn.docs, inputs.fields),
    findings,
  };
}

/** The type of a whole function that its comment tells: `@type {(inputs: Inputs) => Output}`. */
function typeByTag(docs: Jsdoc | null): TSType | null {
  const tag = docs?.tags.find((one) => one.tag === "type");
  return tag === undefined ? null : (parseTypeText(tag)?.node ?? null);
}

function docsOf(docs: Jsdoc | null, inputs: readonly [string, Field][]): Docstring {
  const told = docs?.tags.filter(({ tag }) => tag === "returns" || tag === "return") ?? [];
  const described = inputs.flatMap(([name, { description }]): [string, string][] =>
    description === undefined ? [] : [[name, description]],
  );
  return {
    summary: docs?.summary ?? null,
    description: docs?.description ?? null,
    args: Object.fromEntries(described),
    returns: told.flatMap(({ rest }) => (rest === "" ? [] : [{ name: null, text: rest }])),
  };
}
