import { z } from "zod";
import { fieldName } from "../template/field.ts";

/** How Python lets a parameter be given (inspect.Parameter.kind); a JavaScript function's inputs are all `keyword_only`. */
export const parameterKind = z.enum([
  "positional_only",
  "positional_or_keyword",
  "var_positional",
  "keyword_only",
  "var_keyword",
]);
export type ParameterKind = z.infer<typeof parameterKind>;

/** One parameter, as the source writes it. Its field is in the interface, under its name. */
export const parameter = z.strictObject({
  name: fieldName,
  kind: parameterKind,
  annotation: z.string().nullable(),
  /** The default as written; null when there is none. */
  default_text: z.string().nullable(),
  required: z.boolean(),
});
export type Parameter = z.infer<typeof parameter>;

/**
 * How what a function returns becomes outputs.
 * `image`: the stack is the output `image`; of a tuple, its other members follow under `names`. `value`: one output, `result`.
 * `fields`: a mapping, dataclass, model or named tuple: an output for each field. `tuple`: an output for each member, as `names` has
 * them. `nothing`: no outputs.
 */
export const returns = z.strictObject({
  annotation: z.string().nullable(),
  shape: z.enum(["image", "value", "fields", "tuple", "nothing"]),
  /** Names of the outputs, in order. */
  names: z.array(fieldName),
});
export type Returns = z.infer<typeof returns>;
