import { z } from "zod";
import { digest } from "../artifact/digest.ts";
import { version } from "../artifact/version.ts";
import { limits } from "../limits.ts";
import { example, execution, keyword, stage, templateInterface } from "../template/document.ts";
import { fieldName } from "../template/field.ts";
import { requirements } from "../template/requirements.ts";
import { functionName } from "./name.ts";
import { functionRuntime, sourceLanguage } from "./runtime.ts";
import { parameter, returns } from "./signature.ts";

/** A function as lookups serve it, under `document.function`: made of its source by analysis, never written by hand. */
export const functionDefinition = z
  .strictObject({
    id: functionName,
    version,
    /** The function's own name in its source. */
    name: z.string().min(1).max(200),
    /** Its docstring: the summary, then what follows. */
    description: z.string().max(10_000).optional(),
    category: z.string().optional(),
    author: z.string().min(1).max(200).optional(),
    tags: z.array(keyword).max(limits.keywords).optional(),
    runtime: functionRuntime,
    language: sourceLanguage,
    /** The `decoratorApi` that it was published under. */
    api: z.int(),
    /** What a runner loads and calls. */
    entry: fieldName,
    is_async: z.boolean(),
    /** What runs: the source with its line ends as \n and its types stripped. All functions of one file share it. */
    code: z.strictObject({ digest, media_type: z.string() }),
    parameters: z.array(parameter),
    returns,
    /** Third-party modules that a runner must be able to import. */
    packages: z.array(z.string()),
    interface: templateInterface,
    requirements,
    execution: execution.optional(),
    stages: z.array(stage).min(1).max(limits.stages).optional(),
    examples: z.array(example).max(limits.examples).optional(),
  })
  .meta({ id: "Function" });
export type FunctionDefinition = z.infer<typeof functionDefinition>;

export const functionDocument = z.strictObject({ function: functionDefinition }).meta({ id: "FunctionDocument" });
export type FunctionDocument = z.infer<typeof functionDocument>;
