import { z } from "zod";
import { limits } from "../limits.ts";

/** What follows `@` in a reference: an exact version, a semver range, a tag or a digest. Its grammar is read by `parseSelector`. */
export const selector = z.string().min(1).max(limits.selectorLength);

/** `name` or `name@selector`, as one path segment. */
export const reference = z
  .string()
  .min(1)
  .max(128 + 1 + limits.selectorLength);
