import { z } from "zod";
import { limits } from "../limits.ts";

/** `true` or `false`, as a query parameter spells it. */
export const flag = z.enum(["true", "false"]).transform((text) => text === "true");

/** A whole number in decimal, at most 15 digits, so that it is exact. */
export const decimal = z
  .string()
  .regex(/^\d{1,15}$/, "a whole number in decimal digits")
  .transform(Number);

/** How many items a page has. */
export const pageLimit = decimal.pipe(z.int().min(1).max(limits.pageItems)).optional();

/** What the page before gave as `next_cursor`; opaque. */
export const cursor = z.string().min(1).max(1000).optional();

export const dryRun = z.strictObject({ dry_run: flag.optional() });

/** What registering one document may say beside it: the name of its file, by which it is told and served. */
export const registering = dryRun.extend({ file: z.string().min(1).max(limits.fileNameLength).optional() });

const batchFile = z.string().max(limits.fileNameLength);

/** The same of many: the names of their files, in the order of the documents; an empty one tells nothing. */
export const batching = dryRun.extend({
  file: z.union([batchFile, z.array(batchFile).max(limits.batchDocuments)]).optional(),
});
