import { z } from "zod";
import { limits } from "../limits.ts";

/**
 * Which names something is about: the name of a repository, in which `*` stands for any characters, `/` too. Artifacts are called as their
 * repositories are (`templates/image_generation`, `functions/numpy.sharpen`), so `templates/image_*`, `functions/*` and `models/*` are patterns;
 * `*` alone is every name.
 */
export const namePattern = z
  .string()
  .max(limits.namePatternLength)
  .regex(/^[a-z0-9._/*-]+$/, "a name pattern is lower-case letters, digits, . _ - / and *, like templates/image_*")
  // D1 takes no longer one in GLOB; with one * it is compared piece by piece.
  .refine((pattern) => pattern.length <= 50 || pattern.indexOf("*") === pattern.lastIndexOf("*"), {
    message: "a name pattern with more than one * has at most 50 characters",
  });

export const namePatterns = z.array(namePattern).min(1).max(limits.namePatterns);

/** The pattern of every name. */
export const everyName = "*";
