import type { Field } from "../../contract/template/field.ts";
import type { ValueType } from "../expression/value-type.ts";
import { requiredProperties } from "../template/value/field-facts.ts";

/** Why a value of one type can never be a value of another; null where it can, as far as types tell. `at`: what of it, like `.x[]`. */
export function whyNotAssignable(from: ValueType, to: Field, at = ""): string | null {
  if (from.type === "any" || to.type === "any") return null;
  if (from.type === "null") return to.nullable === true ? null : `it is null, and ${nouns[to.type]} is needed`;
  if (from.type === "array" && to.type === "array") {
    return from.items === undefined || to.items === undefined
      ? null
      : whyNotAssignable(from.items, to.items, `${at}[]`);
  }
  if (from.type === "object" && to.type === "object") {
    const given = from.properties;
    if (given === undefined) return null;
    const isOpen = from.additional_properties === true;
    const missing = requiredProperties(to).find((name) => !Object.hasOwn(given, name));
    if (missing !== undefined && !isOpen)
      return `it has no ${at === "" ? "" : `${at.slice(1)}.`}${missing}, which is needed`;
    for (const [name, field] of Object.entries(to.properties ?? {})) {
      const found = given[name];
      const why = found === undefined ? null : whyNotAssignable(found, field, `${at}.${name}`);
      if (why !== null) return why;
    }
    return null;
  }
  if (from.type === to.type || isNear(from.type, to.type)) return null;
  const what = at === "" ? "it" : `its ${at.replace(/^\./, "")}`;
  return `${what} is ${nouns[from.type]}, and ${nouns[to.type]} is needed`;
}

/** A float may be whole, and a file is told by a text. */
function isNear(from: Field["type"], to: Field["type"]): boolean {
  return near.some((pair) => pair.includes(from) && pair.includes(to));
}

const near: readonly (readonly Field["type"][])[] = [
  ["integer", "float"],
  ["string", "file"],
];

/** How messages name a type. */
export const nouns: Readonly<Record<ValueType["type"], string>> = {
  null: "null",
  string: "a string",
  integer: "an integer",
  float: "a float",
  boolean: "a boolean",
  array: "an array",
  object: "an object",
  file: "a file",
  any: "any value",
};
