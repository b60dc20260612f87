import { z } from "zod";
import { version } from "../artifact/version.ts";
import { issue } from "../issue.ts";
import { limits } from "../limits.ts";
import { execution, templateInterface } from "../template/document.ts";
import { fieldName } from "../template/field.ts";
import { resources } from "../template/requirements.ts";
import { functionRuntime, sourceLanguage } from "./runtime.ts";
import { parameter, returns } from "./signature.ts";

/** A source to be analysed; nothing in it is ever executed by that. */
export const sourceText = z.object({
  language: sourceLanguage,
  text: z.string(),
  /** Its file's name, for messages; null when unknown. */
  file: z.string().nullable(),
});
export type SourceText = z.infer<typeof sourceText>;

/** A docstring or JSDoc comment, read: Google, NumPy or reST style. */
export const docstring = z.object({
  /** The first paragraph, on one line. */
  summary: z.string().nullable(),
  /** What follows it, without the sections. */
  description: z.string().nullable(),
  args: z.record(z.string(), z.string()),
  /** Names are null where the section gives none. */
  returns: z.array(z.object({ name: z.string().nullable(), text: z.string() })),
});
export type Docstring = z.infer<typeof docstring>;

/** One function that the source publishes. */
export const analysedFunction = z.object({
  /** `{runtime}.{name}`. */
  id: z.string(),
  /** What the source binds it to: what a runner loads. */
  entry: fieldName,
  runtime: functionRuntime,
  /** Where its `def` begins; lines and columns count from 1. */
  line: z.int().positive(),
  column: z.int().positive(),
  is_async: z.boolean(),
  docs: docstring,
  /** In the order of the source. */
  parameters: z.array(parameter),
  returns,
  interface: templateInterface,
  /** What its decorator says it needs, over the runtime's own. */
  resources,
  execution: execution.pick({ pool: true, timeout_seconds: true, max_attempts: true, runner_labels: true }),
});
export type AnalysedFunction = z.infer<typeof analysedFunction>;

/** One module that the source imports. */
export const importedModule = z.object({
  /** The full dotted path. */
  module: z.string(),
  line: z.int().positive(),
});
export type ImportedModule = z.infer<typeof importedModule>;

/** All that analysis finds in one source. An issue of severity `error` refuses the whole file. */
export const sourceAnalysis = z
  .object({
    language: sourceLanguage,
    /** The `decoratorApi` that it was analysed for. */
    api: z.int(),
    functions: z.array(analysedFunction),
    imports: z.array(importedModule),
    /** Top-level modules that are neither Python's own nor ours, sorted: what a runner must be able to import. */
    packages: z.array(z.string()),
    /** What a runner or an isolate is given: line ends as \n, no BOM, types stripped. Null when an error refuses the file. */
    code: z.string().nullable(),
    /** `__version__` or `export const version`, when it is a literal and a version: that its author asks for. */
    version: version.nullable(),
    /** By line and column; at most `limits.issues`. */
    issues: z.array(issue).max(limits.issues),
    issue_count: z.int(),
  })
  .meta({ id: "SourceAnalysis", description: "All that analysis finds in one source." });
export type SourceAnalysis = z.infer<typeof sourceAnalysis>;
