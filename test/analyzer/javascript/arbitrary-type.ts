import fc from "fast-check";
import type { Field } from "../../../src/contract/template/field.ts";

/** A type as TypeScript writes it, with the field that it must become. `definitions` are the types that it names. */
export interface TypeWithField {
  text: string;
  field: Field;
  definitions: string[];
}

/** Names of properties: legal ones that are no word of the language. */
export const propertyName: fc.Arbitrary<string> = fc
  .string({ unit: fc.constantFrom(..."abcxyz_AZ09"), minLength: 1, maxLength: 8 })
  .map((name) => `p_${name}`);

const words = fc.string({ unit: fc.constantFrom(..."abc \"'\\é😀`"), maxLength: 6 });

const description = fc.option(fc.constantFrom("How big.", "What it is — in words.", "é"), { nil: undefined });

const scalar: fc.Arbitrary<TypeWithField> = fc.oneof(
  fc.constant<TypeWithField>(plain("string", { type: "string" })),
  fc.constant<TypeWithField>(plain("number", { type: "float" })),
  fc.constant<TypeWithField>(plain("boolean", { type: "boolean" })),
  fc.constant<TypeWithField>(plain("unknown", { type: "any" })),
  fc.constant<TypeWithField>({ ...plain("integer", { type: "integer" }), definitions: ["type integer = number;"] }),
  fc
    .uniqueArray(words, { minLength: 1, maxLength: 4 })
    .map((values) => plain(values.map((value) => JSON.stringify(value)).join(" | "), { type: "string", enum: values })),
  fc
    .uniqueArray(fc.integer({ min: -99, max: 99 }), { minLength: 1, maxLength: 4 })
    .map((values) => plain(values.join(" | "), { type: "integer", enum: values })),
);

function plain(text: string, field: Field): TypeWithField {
  return { text, field, definitions: [] };
}

/** Types of all kinds, nested, some behind a name. */
export const arbitraryType: fc.Arbitrary<TypeWithField> = fc.letrec<{ type: TypeWithField; bare: TypeWithField }>(
  (tie) => ({
    type: fc.oneof({ arbitrary: tie("bare"), weight: 3 }, { arbitrary: tie("bare").map(named), weight: 1 }),
    bare: fc.oneof(
      { maxDepth: 3 },
      scalar,
      tie("type").map(nullable),
      tie("type").map(list),
      tie("type").map(pair),
      objectOf(tie("type")),
    ),
  }),
).type;

/** The same type behind a name, which is made of its text: equal names stand for equal types. */
function named({ text, field, definitions }: TypeWithField): TypeWithField {
  const name = `T_${[...text].map((character) => (character.codePointAt(0) ?? 0).toString(36)).join("_")}`;
  return { text: name, field, definitions: [...definitions, `type ${name} = ${text};`] };
}

function nullable({ text, field, definitions }: TypeWithField): TypeWithField {
  return { text: `(${text}) | null`, field: field.type === "any" ? field : { ...field, nullable: true }, definitions };
}

function list({ text, field, definitions }: TypeWithField): TypeWithField {
  return {
    text: `(${text})[]`,
    field: field.type === "any" ? { type: "array" } : { type: "array", items: field },
    definitions,
  };
}

function pair({ text, field, definitions }: TypeWithField): TypeWithField {
  const items = field.type === "any" ? {} : { items: field };
  return { text: `[${text}, ${text}]`, field: { type: "array", ...items, min_items: 2, max_items: 2 }, definitions };
}

/** One property of an object, with how it is written. */
export interface PropertyWithField {
  name: string;
  text: string;
  field: Field;
  definitions: string[];
}

/** A property: described or not, optional or not. */
export function arbitraryProperty(type: fc.Arbitrary<TypeWithField>): fc.Arbitrary<PropertyWithField> {
  return fc.record({ name: propertyName, type, isOptional: fc.boolean(), description }).map((made) => {
    const { name, type: of, isOptional } = made;
    const comment = made.description === undefined ? "" : `/** ${made.description} */ `;
    const described = made.description === undefined ? {} : { description: made.description };
    return {
      name,
      text: `${comment}${name}${isOptional ? "?" : ""}: ${of.text}`,
      field: { ...of.field, ...described, required: !isOptional },
      definitions: of.definitions,
    };
  });
}

function objectOf(type: fc.Arbitrary<TypeWithField>): fc.Arbitrary<TypeWithField> {
  const properties = fc.uniqueArray(arbitraryProperty(type), {
    selector: ({ name }) => name,
    minLength: 1,
    maxLength: 4,
  });
  return properties.map((made) => ({
    text: `{ ${made.map(({ text }) => text).join("; ")} }`,
    field: { type: "object", properties: Object.fromEntries(made.map(({ name, field }) => [name, field])) },
    definitions: made.flatMap(({ definitions }) => definitions),
  }));
}
