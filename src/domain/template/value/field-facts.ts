import type { Field, ObjectField } from "../../../contract/template/field.ts";

/** Whether a field has a default; what has one may be left out. */
export function hasDefault(field: Field): boolean {
  return field.default !== undefined;
}

/** Whether null is a value of the field. */
export function takesNull(field: Field): boolean {
  return field.nullable === true || field.type === "any";
}

/** Whether an input or a property says that it must be there. On an object a list names its properties and says nothing of itself. */
export function isMarkedRequired(field: Field): boolean {
  return field.required === true;
}

/** Whether a caller must give the input or property: it is required and nothing stands in for it. */
export function mustBeGiven(field: Field): boolean {
  return isMarkedRequired(field) && !hasDefault(field);
}

/** Names of the properties that an object must have, by its own list or by the property's flag; each once. */
export function requiredProperties(field: ObjectField): string[] {
  const named = Array.isArray(field.required) ? field.required : [];
  const flagged = Object.entries(field.properties ?? {})
    .filter(([, property]) => isMarkedRequired(property))
    .map(([name]) => name);
  return [...new Set([...flagged, ...named])];
}

/** The properties of an object that a caller must give: required, and without a default. */
export function propertiesToGive(field: ObjectField): string[] {
  const properties = new Map(Object.entries(field.properties ?? {}));
  return requiredProperties(field).filter((name) => {
    const property = properties.get(name);
    return property === undefined || !hasDefault(property);
  });
}

/** Whether an object lets properties through that it does not name: as it says, else only when it names none at all. */
export function allowsUnknownProperties(field: ObjectField): boolean {
  return field.additional_properties ?? field.properties === undefined;
}
