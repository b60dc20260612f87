import { z } from "zod";
import { digest } from "../artifact/digest.ts";
import { registration } from "../artifact/registration.ts";
import { version } from "../artifact/version.ts";
import { failureCode } from "../failure.ts";
import { issue } from "../issue.ts";
import { limits } from "../limits.ts";
import { functionName } from "./name.ts";
import { sourceLanguage } from "./runtime.ts";

/** What publishing one source did, or under `dry_run` would do: all of its functions, or none. */
export const sourceRegistration = z
  .object({
    dry_run: z.boolean(),
    /** Of the commit; null when nothing changed or nothing was committed. */
    seq: z.int().nullable(),
    source: z.object({ digest, language: sourceLanguage, file: z.string().nullable() }),
    functions: z.array(registration),
    /** Warnings of the whole file. */
    issues: z.array(issue),
  })
  .meta({ id: "SourceRegistration" });
export type SourceRegistration = z.infer<typeof sourceRegistration>;

/** One source of a `:batch`. */
export const batchSource = z.strictObject({
  file: z.string().min(1).max(limits.fileNameLength),
  source: z.string().min(1),
  /** By the end of the file's name when absent. */
  language: sourceLanguage.optional(),
  /** The version of every function; or of each by its name, as an export tells them: then only those that are named are published. */
  versions: z.union([version, z.record(functionName, version)]).optional(),
});

/** Body of `POST /v1/functions:batch`. */
export const sourceBatch = z.strictObject({ sources: z.array(batchSource).min(1).max(limits.batchDocuments) });
export type SourceBatch = z.infer<typeof sourceBatch>;

/** One source's outcome in a batch. */
export const sourceResult = z.object({
  index: z.int().nonnegative(),
  file: z.string(),
  status: z.enum(["created", "unchanged", "rejected"]),
  functions: z.array(registration),
  code: failureCode.nullable(),
  message: z.string().nullable(),
  issues: z.array(issue),
});
export type SourceResult = z.infer<typeof sourceResult>;

export const sourceBatchAnswer = z
  .object({ dry_run: z.boolean(), seq: z.int().nullable(), results: z.array(sourceResult) })
  .meta({ id: "SourceBatchAnswer" });
export type SourceBatchAnswer = z.infer<typeof sourceBatchAnswer>;
