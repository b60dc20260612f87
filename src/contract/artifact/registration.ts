import { z } from "zod";
import { failureCode } from "../failure.ts";
import { issue } from "../issue.ts";
import { comparison } from "../template/comparison.ts";
import { digest } from "./digest.ts";
import { artifactKind } from "./kind.ts";
import { parentPin } from "./published.ts";
import { version } from "./version.ts";

/** How a candidate differs from the live version before it in its major. */
export const comparisonAgainst = comparison.extend({ against: version }).meta({ id: "ComparisonAgainst" });

/** What registering one document did, or, under `dry_run`, would do. `seq` is null when nothing was committed. */
export const registration = z
  .object({
    kind: artifactKind,
    name: z.string(),
    version,
    digest,
    status: z.enum(["created", "unchanged"]),
    dry_run: z.boolean(),
    seq: z.int().nullable(),
    extends: parentPin.nullable(),
    comparison: comparisonAgainst.nullable(),
    tags: z.record(z.string(), version),
    /** Warnings; an error would have refused the document. */
    issues: z.array(issue),
  })
  .meta({ id: "Registration" });
export type Registration = z.infer<typeof registration>;

/** One document's outcome in a batch. Name and version are null where the document does not tell them. */
export const batchResult = z
  .object({
    index: z.int().nonnegative(),
    name: z.string().nullable(),
    version: z.string().nullable(),
    digest: digest.nullable(),
    status: z.enum(["created", "unchanged", "rejected"]),
    seq: z.int().nullable(),
    comparison: comparisonAgainst.nullable(),
    /** Why it was rejected; null otherwise. */
    code: failureCode.nullable(),
    message: z.string().nullable(),
    issues: z.array(issue),
  })
  .meta({ id: "BatchResult" });
export type BatchResult = z.infer<typeof batchResult>;

export const batchAnswer = z
  .object({ dry_run: z.boolean(), seq: z.int().nullable(), results: z.array(batchResult) })
  .meta({ id: "BatchAnswer" });
export type BatchAnswer = z.infer<typeof batchAnswer>;
