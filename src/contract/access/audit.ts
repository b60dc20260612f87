import { z } from "zod";
import { failureCode } from "../failure.ts";

/**
 * One line of the audit log. `hash` is the SHA-256, in hex, of the canonical JSON (RFC 8785) of all other fields, `previous_hash` among them;
 * the first entry's `previous_hash` is 64 zeros. Entries get their hash in the order of `seq`, a moment after they are written: null until then.
 */
export const auditEntry = z
  .object({
    seq: z.int().positive(),
    at: z.string(),
    actor: z.string(),
    token_id: z.string().nullable(),
    operation: z
      .string()
      .describe(
        "What was done: a change of a name (`version.published`, `tag.moved`), or the operationId of the route",
      ),
    subject: z.string().nullable().describe("To what: `templates/blur@1.2.0`, `tokens/tok_…`, a repository's name"),
    outcome: z.enum(["done", "refused"]),
    code: failureCode.nullable().describe("Why it was refused"),
    address: z.string().nullable(),
    request_id: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    previous_hash: z.string().nullable(),
    hash: z.string().nullable(),
  })
  .meta({ id: "AuditEntry", description: "Who did what to which name, from where." });
export type AuditEntry = z.infer<typeof auditEntry>;

/** What is told of an act; the log adds `seq` and the hashes. */
export type AuditAct = Omit<AuditEntry, "seq" | "previous_hash" | "hash">;

export const auditPage = z
  .object({ items: z.array(auditEntry), next_cursor: z.string().nullable() })
  .meta({ id: "AuditPage", description: "A page of the audit log." });

/** Where the chain of hashes ends: keep it elsewhere, and nobody can rewrite what came before. */
export const auditHead = z
  .object({
    seq: z.int().nonnegative(),
    hash: z.string(),
    unsealed: z.int().nonnegative().describe("Entries that have no hash yet"),
  })
  .meta({ id: "AuditHead" });
