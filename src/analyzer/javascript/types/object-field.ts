import { limits } from "../../../contract/limits.ts";
import { type Field, fieldName } from "../../../contract/template/field.ts";
import { quote } from "../../../domain/template/value/show-value.ts";
import { memberField } from "./member-field.ts";
import { type Derived, just, type Properties, type Type, type TypeReading, warnOf } from "./type-reading.ts";

/** An object, a property for each member. */
export function membersField(reading: TypeReading, { members, isOpen }: Properties): Field {
  const properties: [string, Field][] = [];
  let isOpenToo = isOpen;
  for (const member of members.slice(0, limits.fields)) {
    if (isLegalName(member.name)) {
      const inside = { ...reading, depth: reading.depth + 1, path: `${reading.path}/${member.name}` };
      properties.push([member.name, memberField(inside, member)]);
      continue;
    }
    isOpenToo = true;
    const message = `${quote(member.name)} can name no property: it is let through, and nothing is said of it`;
    warnOf(reading, member.span, "illegal_field", message, "use letters, digits and _ (64 at most)");
  }
  if (members.length > limits.fields) {
    const message = `an object names at most ${limits.fields} properties, and this has ${members.length}: the others are let through`;
    warnOf(reading, members[limits.fields]?.span ?? { from: 0, to: 0 }, "too_many_fields", message, null);
    isOpenToo = true;
  }
  if (properties.length === 0) return isOpenToo ? { type: "object", additional_properties: true } : { type: "object" };
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    ...(isOpenToo ? { additional_properties: true } : {}),
  };
}

/** Whether a field can have the name. As the name of a property, `__proto__` would be no property at all. */
export function isLegalName(name: string): boolean {
  return fieldName.safeParse(name).success && name !== "__proto__";
}

/** Object types joined by &, or one type with marks that only the compiler sees (`string & { __brand: "id" }`). Null for anything else. */
export function intersectionField(reading: TypeReading, type: Type, parts: readonly Type[]): Derived | null {
  const joined = reading.properties(reading, type);
  if (joined !== null) return just(membersField(reading, joined));
  const others = parts.filter((part) => reading.properties({ ...reading, findings: [] }, part) === null);
  const [only, ...rest] = others;
  return only === undefined || rest.length > 0 ? null : reading.derive(reading, only);
}
