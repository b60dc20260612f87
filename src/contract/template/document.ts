import { z } from "zod";
import { templateName } from "../artifact/name.ts";
import { version } from "../artifact/version.ts";
import { limits } from "../limits.ts";
import { labels, maxAttempts, poolName, timeoutSeconds } from "../run/run-request.ts";
import { field, fieldName } from "./field.ts";
import { requirements } from "./requirements.ts";

/** An input as an author writes it: a field, whose `required` and `default` say what happens when it is left out. */
export const inputs = z.record(fieldName, field);
export type Inputs = z.infer<typeof inputs>;

/** Outputs are fields too; `default` cannot act on them. */
export const outputs = z.record(fieldName, field);
export type Outputs = z.infer<typeof outputs>;

export const templateInterface = z.strictObject({ inputs: inputs.default({}), outputs: outputs.default({}) });
export type TemplateInterface = z.infer<typeof templateInterface>;

export const example = z.strictObject({
  name: z.string().min(1).max(200),
  description: z.string().max(4000).optional(),
  inputs: z.record(z.string(), z.unknown()),
  outputs: z.record(z.string(), z.unknown()).optional(),
});
export type Example = z.infer<typeof example>;

/** Who does the work. `handler` is what a runner was started with (`--handler NAME=…`); the template's name when absent. */
export const execution = z.strictObject({
  runtime: z.literal("runner").default("runner"),
  handler: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/,
      "a handler is 1 to 128 letters, digits, _ . - and starts with a letter or digit",
    )
    .optional(),
  pool: poolName.optional(),
  timeout_seconds: timeoutSeconds.optional(),
  max_attempts: maxAttempts.optional(),
  /** Labels that a runner must carry to do this. */
  runner_labels: labels.optional(),
});

/** A named part of a run and its share of the progress bar; weights are normalised by us. */
export const stage = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "a stage is 1 to 64 of a-z, 0-9, _ -, and starts with a letter or digit"),
  weight: z.number().positive(),
});

export const keyword = z.string().regex(/^[a-z0-9][a-z0-9 +._-]{0,49}$/, "a tag is 1 to 50 of a-z, 0-9, space + . _ -");

/** A reference to a parent: `name` or `name@selector`. */
export const parentReference = z
  .string()
  .min(1)
  .max(50 + 1 + limits.selectorLength);

/** Keys that belong to one document and are never inherited. */
export const ownKeys = ["id", "version", "extends", "abstract"] as const;

const common = {
  id: templateName,
  version,
  name: z.string().min(1).max(200),
  description: z.string().max(10_000).optional(),
  category: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,49}$/, "a category is 1 to 50 of a-z, 0-9, _ -")
    .optional(),
  author: z.string().min(1).max(200).optional(),
  tags: z.array(keyword).max(limits.keywords).optional(),
  execution: execution.optional(),
  stages: z.array(stage).min(1).max(limits.stages).optional(),
  examples: z.array(example).max(limits.examples).optional(),
};

/** A template that can run: flattened, complete. */
export const concreteTemplate = z.strictObject({
  ...common,
  abstract: z.literal(false).optional(),
  interface: templateInterface,
  requirements,
});
export type ConcreteTemplate = z.infer<typeof concreteTemplate>;

/** A template that exists to be extended: anything but its identity may be missing. */
export const abstractTemplate = z.strictObject({
  ...common,
  name: common.name.optional(),
  abstract: z.literal(true),
  interface: templateInterface.partial().optional(),
  requirements: requirements.partial().optional(),
});
export type AbstractTemplate = z.infer<typeof abstractTemplate>;

/** A flattened template, as lookups serve it under `document.template`. */
export const template = z.union([concreteTemplate, abstractTemplate]).meta({ id: "Template" });
export type Template = z.infer<typeof template>;

/** The document's root. */
export const templateDocument = z.strictObject({ template }).meta({ id: "TemplateDocument" });
export type TemplateDocument = z.infer<typeof templateDocument>;
