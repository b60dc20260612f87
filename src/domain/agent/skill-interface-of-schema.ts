import type { Inputs } from "../../contract/template/document.ts";
import type { Field } from "../../contract/template/field.ts";
import type { SkillInterface } from "../workflow/skill-interface.ts";
import { fieldOfSchema } from "./schema/field-of-schema.ts";
import { readSchema } from "./schema/read-schema.ts";

/** The schemas of an agent's skill, as a plan has them; null where its card tells none. */
export interface SkillSchemas {
  input_schema: Record<string, unknown> | null;
  output_schema: Record<string, unknown> | null;
}

/**
 * What an agent's skill takes and gives, as far as fields can tell of its JSON Schemas: never more narrowly than they do. A result that is no
 * object is the output `result`, as `callAgent` gives it.
 */
export function skillInterfaceOfSchema({ input_schema, output_schema }: SkillSchemas): SkillInterface {
  const input = fieldOf(input_schema);
  const output = fieldOf(output_schema);
  const takes = objectOf(input);
  const gives = objectOf(output);
  return {
    inputs: takes?.fields ?? null,
    takesMore: takes?.isOpen ?? true,
    outputs: gives?.fields ?? resultOf(output),
    givesMore: gives?.isOpen ?? false,
  };
}

/** The fields of an object's JSON Schema; null where it is no object's, or lets in what it does not name. */
export function fieldsOfJsonSchema(schema: Record<string, unknown> | null): Inputs | null {
  const found = objectOf(fieldOf(schema));
  return found === null || found.isOpen ? null : found.fields;
}

function fieldOf(schema: Record<string, unknown> | null): Field {
  const read = schema === null ? null : readSchema(schema);
  return read?.ok === true ? fieldOfSchema(read.value, read.value.root) : { type: "any" };
}

function objectOf(field: Field): { fields: Inputs; isOpen: boolean } | null {
  if (field.type !== "object" || field.nullable === true) return null;
  return { fields: field.properties ?? {}, isOpen: field.additional_properties !== false };
}

/** Null where an object may come: nobody knows then what lies under which name. */
function resultOf(field: Field): Inputs | null {
  return field.type === "any" || field.type === "object" ? null : { result: { ...field, required: true } };
}
