import { z } from "zod";
import { limits } from "../limits.ts";

/** The types that a template's author can give an input, an output, an item or a property. */
export const fieldType = z.enum(["string", "integer", "float", "boolean", "array", "object", "file"]);
/** Every type: the authors', and `any`, which only the analysis of source code gives. */
export type FieldType = z.infer<typeof fieldType> | "any";

/** Named formats of strings; each is checked. */
export const stringFormat = z.enum([
  "date",
  "time",
  "date-time",
  "duration",
  "email",
  "hostname",
  "ipv4",
  "ipv6",
  "uri",
  "uuid",
]);
export type StringFormat = z.infer<typeof stringFormat>;

const count = z.int().nonnegative();
const described = { description: z.string().max(4000).optional(), nullable: z.boolean().optional() };
const scalar = { ...described, required: z.boolean().optional(), default: z.unknown().optional() };

export const stringField = z.strictObject({
  ...scalar,
  type: z.literal("string"),
  /** Lengths count Unicode code points. */
  min_length: count.optional(),
  max_length: count.optional(),
  /** RE2 syntax, matched anywhere in the value unless anchored. */
  pattern: z.string().max(limits.patternLength).optional(),
  format: stringFormat.optional(),
  enum: z.array(z.string()).max(limits.enumValues).optional(),
});

export const integerField = z.strictObject({
  ...scalar,
  type: z.literal("integer"),
  min: z.int().optional(),
  max: z.int().optional(),
  multiple_of: z.int().positive().optional(),
  enum: z.array(z.int()).max(limits.enumValues).optional(),
});

export const floatField = z.strictObject({
  ...scalar,
  type: z.literal("float"),
  min: z.number().optional(),
  max: z.number().optional(),
  multiple_of: z.number().positive().optional(),
  /** Most decimals that a value may have; more are refused, never rounded. */
  precision: z.int().min(0).max(15).optional(),
  enum: z.array(z.number()).max(limits.enumValues).optional(),
});

export const booleanField = z.strictObject({ ...scalar, type: z.literal("boolean") });

export const fileField = z.strictObject({
  ...scalar,
  type: z.literal("file"),
  /** File name extensions without the dot. */
  format: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9.+-]*$/, "a file format is an extension without the dot, like png"))
    .min(1)
    .max(64)
    .optional(),
  /** Bytes. */
  max_size: z.int().positive().optional(),
  mime_types: z
    .array(
      z
        .string()
        .regex(
          /^[a-z0-9!#$&^_.+-]+\/([a-z0-9!#$&^_.+-]+|\*)$/,
          "a MIME type is type/subtype, like image/png or image/*",
        ),
    )
    .min(1)
    .max(64)
    .optional(),
});

/** What source code says no more about: every JSON value is right, null too, whatever `nullable` says. Templates cannot write it. */
export const anyField = z.strictObject({ ...scalar, type: z.literal("any") });

/** Name of an input, output or property: what a Python keyword argument can be called. */
export const fieldName = z
  .string()
  .max(64)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "a field name is a letter or _ followed by letters, digits and _ (64 at most)");

/** Written out because it contains itself; the schema below is checked against it. */
export interface ArrayField extends Nested {
  type: "array";
  required?: boolean | undefined;
  items?: Field | undefined;
  min_items?: number | undefined;
  max_items?: number | undefined;
  unique_items?: boolean | undefined;
}

/** Written out because it contains itself; the schema below is checked against it. */
export interface ObjectField extends Nested {
  type: "object";
  required?: boolean | string[] | undefined;
  properties?: Record<string, Field> | undefined;
  additional_properties?: boolean | undefined;
}

interface Nested {
  description?: string | undefined;
  nullable?: boolean | undefined;
  default?: unknown;
}

export type Field =
  | z.infer<typeof stringField>
  | z.infer<typeof integerField>
  | z.infer<typeof floatField>
  | z.infer<typeof booleanField>
  | z.infer<typeof fileField>
  | z.infer<typeof anyField>
  | ArrayField
  | ObjectField;

export const arrayField = z.strictObject({
  ...scalar,
  type: z.literal("array"),
  get items(): z.ZodOptional<z.ZodType<Field>> {
    return field.optional();
  },
  min_items: count.optional(),
  max_items: count.optional(),
  unique_items: z.boolean().optional(),
});

export const objectField = z.strictObject({
  ...described,
  type: z.literal("object"),
  /** `true`/`false`: the input's own flag. A list: the properties that must be there. */
  required: z.union([z.boolean(), z.array(z.string()).max(limits.fields)]).optional(),
  default: z.unknown().optional(),
  get properties(): z.ZodOptional<z.ZodRecord<typeof fieldName, z.ZodType<Field>>> {
    return z.record(fieldName, field).optional();
  },
  /** Whether properties that are not named are let through; false when absent and `properties` are given. */
  additional_properties: z.boolean().optional(),
});

/** One input, output, item or property. */
export const field = z.discriminatedUnion("type", [
  stringField,
  integerField,
  floatField,
  booleanField,
  arrayField,
  objectField,
  fileField,
  anyField,
]);
z.globalRegistry.add(field, { id: "Field", description: "The type and the constraints of one value." });
export type FieldOf<T extends FieldType> = Extract<Field, { type: T }>;
