import type { Field } from "../../contract/template/field.ts";
import { allowsUnknownProperties, requiredProperties } from "../template/value/field-facts.ts";
import { sameJson } from "../template/value/json-equality.ts";

/** What is known of a value before there is one: what a field says, or that it is null. */
export type ValueType = Field | { type: "null" };

/** What is known of nothing. */
export const anyType: Field = { type: "any" };

export function arrayType(items: ValueType): Field {
  return { type: "array", items: fieldOf(items) };
}

/** An object of these properties, and of others where it is open. All of them are there. */
export function objectType(properties: readonly (readonly [string, ValueType])[], isOpen: boolean): Field {
  const fields = properties.map(([name, type]): [string, Field] => [name, fieldOf(type)]);
  const required = fields.map(([name]) => name);
  return { type: "object", properties: Object.fromEntries(fields), required, additional_properties: isOpen };
}

/** A type as a field. Null alone is none: it is any value. */
export function fieldOf(type: ValueType): Field {
  return type.type === "null" ? anyType : type;
}

/** What is known of an object's property; undefined where it surely has none of that name. */
export function propertyOf(type: Field & { type: "object" }, name: string): Field | undefined {
  const { properties } = type;
  if (properties !== undefined && Object.hasOwn(properties, name)) return properties[name];
  return allowsUnknownProperties(type) ? anyType : undefined;
}

/** What is known of a value that is one or the other. Constraints that only one of them has are lost. */
export function eitherType(one: ValueType, other: ValueType): ValueType {
  if (one.type === "any" || other.type === "any") return anyType;
  if (one.type === "null") return other.type === "null" ? other : { ...other, nullable: true };
  if (other.type === "null") return { ...one, nullable: true };
  if (sameJson(one, other)) return one;
  const nullable = one.nullable === true || other.nullable === true;
  if (one.type === "array" && other.type === "array")
    return { type: "array", items: fieldOf(eitherType(one.items ?? anyType, other.items ?? anyType)), nullable };
  if (one.type === "object" && other.type === "object") return { ...eitherObject(one, other), nullable };
  if (one.type === other.type) return { type: one.type, nullable };
  return isNumeric(one) && isNumeric(other) ? { type: "float", nullable } : anyType;
}

type ObjectType = Field & { type: "object" };

function eitherObject(one: ObjectType, other: ObjectType): ObjectType {
  const names = new Set([...Object.keys(one.properties ?? {}), ...Object.keys(other.properties ?? {})]);
  const properties: [string, Field][] = [];
  for (const name of names) {
    const [left, right] = [propertyOf(one, name), propertyOf(other, name)];
    const either = left === undefined ? right : right === undefined ? left : fieldOf(eitherType(left, right));
    if (either !== undefined) properties.push([name, either]);
  }
  const needed = new Set(requiredProperties(other));
  const required = requiredProperties(one).filter((name) => needed.has(name));
  const isOpen = allowsUnknownProperties(one) || allowsUnknownProperties(other);
  return { type: "object", properties: Object.fromEntries(properties), required, additional_properties: isOpen };
}

/** Whether values of a type are numbers, null aside. */
export function isNumeric(type: ValueType): boolean {
  return type.type === "integer" || type.type === "float";
}

/** A type in the words of messages. */
export function showType(type: ValueType): string {
  switch (type.type) {
    case "any":
      return "any value";
    case "null":
      return "null";
    case "integer":
    case "array":
    case "object":
      return `an ${type.type}`;
    default:
      return `a ${type.type}`;
  }
}
