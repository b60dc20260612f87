import { z } from "zod";

/**
 * One finding about a document or a request. `error` refuses it, `warning` does not.
 * `path` is a JSON Pointer (RFC 6901); `line` and `column` count from 1 in the source as sent and are null where there is no source.
 */
export const issue = z
  .object({
    severity: z.enum(["error", "warning"]),
    path: z.string(),
    line: z.int().positive().nullable(),
    column: z.int().positive().nullable(),
    /** Stable, lower-case with underscores: `unknown_key`, `enum_empty`, … (docs/template-authoring.md lists them). */
    code: z.string(),
    message: z.string(),
    suggestion: z.string().nullable(),
    /** Of source code: what kind of check found it (`syntax`, `imports`, `decorator`, `signature`, `types`, …). */
    stage: z.string().optional(),
    /** Of source code: where what is meant ends; the column is the one after it. */
    end_line: z.int().positive().optional(),
    end_column: z.int().positive().optional(),
    /** Of source code: the line itself. */
    snippet: z.string().optional(),
  })
  .meta({ id: "Issue", description: "One finding, with its place." });
export type Issue = z.infer<typeof issue>;
