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
