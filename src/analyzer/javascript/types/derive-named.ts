import type { TSTypeReference } from "@babel/types";
import type { Field } from "../../../contract/template/field.ts";
import { listField } from "./list-field.ts";
import { enterNamed, lookUpType } from "./lookup-type.ts";
import { notJson, notJsonTypes } from "./not-json.ts";
import { membersField } from "./object-field.ts";
import { anything, type Derived, just, type Type, type TypeReading } from "./type-reading.ts";

/** The field of a type that is given by its name; null when the name is not understood. */
export function deriveNamed(
  reading: TypeReading,
  type: Extract<Type, { kind: "written" }>,
  node: TSTypeReference,
): Derived | null {
  const named = lookUpType(reading, type, node);
  switch (named?.kind) {
    case "type": {
      if (named.isInteger) return just({ type: "integer" });
      const name = node.typeName.type === "Identifier" ? node.typeName.name : "";
      if (type.names.has(name)) return reading.derive(reading, named.type);
      return enterNamed(reading, node, name, (inside) => inside.derive(inside, named.type), just(anything));
    }
    case "interface":
      return enterNamed(reading, node, named.name, (inside) => objectOf(inside, type), just(anything));
    case "class":
      return notJson(reading, type, "an instance of a class");
    case "enum":
      // That it cannot be erased is told where it stands.
      return just(anything);
    case "outside":
      return outsideField(reading, type, named.name, named.args);
    default:
      return null;
  }
}

function objectOf(reading: TypeReading, type: Type): Derived | null {
  const found = reading.properties(reading, type);
  return found === null ? null : just(membersField(reading, found));
}

const scalars: ReadonlyMap<string, Field> = new Map<string, Field>([
  ["String", { type: "string" }],
  ["Number", { type: "float" }],
  ["Boolean", { type: "boolean" }],
  ["Object", { type: "object" }],
]);

const objectTypes = new Set(["Record", "Partial", "Required", "Readonly", "Pick", "Omit"]);

function outsideField(reading: TypeReading, type: Type, name: string, args: readonly Type[]): Derived | null {
  const [first] = args;
  const scalar = scalars.get(name);
  // JSDoc writes Object<string, number> for a record.
  if (scalar !== undefined)
    return just(name === "Object" && first !== undefined ? { type: "object", additional_properties: true } : scalar);
  if (name === "Array" || name === "ReadonlyArray")
    return just(first === undefined ? { type: "array" } : listField(reading, first));
  if (name === "NonNullable" && first !== undefined) {
    return { ...reading.derive(reading, first), isNullable: false, isOptional: false };
  }
  if ((name === "Awaited" || (name === "Readonly" && !isObject(reading, type))) && first !== undefined)
    return reading.derive(reading, first);
  if (objectTypes.has(name)) return objectOf(reading, type);
  const what = notJsonTypes.get(name);
  return what === undefined ? null : notJson(reading, type, what);
}

/** `Readonly<string[]>` is a list. */
function isObject(reading: TypeReading, type: Type): boolean {
  return reading.properties({ ...reading, findings: [] }, type) !== null;
}
