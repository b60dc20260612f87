import { z } from "zod";

/**
 * Name of a movable pointer to a version: an OCI tag that is neither a version, a range (`1.x`, `^1`, `1`) nor a digest,
 * so that a selector always means one thing.
 */
export const tagName = z
  .string()
  .max(128)
  .regex(
    /^[a-zA-Z_][a-zA-Z0-9._-]*$/,
    "a tag starts with a letter or _ and goes on with letters, digits, . _ - (128 at most)",
  )
  .refine((tag) => !/^[xX](\.|$)/.test(tag), "a tag may not read as a version range")
  // As a key of JSON it is lost or worse in many languages.
  .refine((tag) => tag !== "__proto__", "a tag may not be __proto__");

/** The tag that the registry keeps itself: the highest live version. */
export const latestTag = "latest";

/** One entry of a tag's history. `from_version` is null when the tag was new, `to_version` when it was deleted. */
export const tagMove = z
  .object({
    tag: tagName,
    from_version: z.string().nullable(),
    to_version: z.string().nullable(),
    moved_at: z.iso.datetime(),
    moved_by: z.string(),
    reason: z.string().nullable(),
  })
  .meta({ id: "TagMove", description: "One move of a tag: when, by whom, from which version to which, why." });
export type TagMove = z.infer<typeof tagMove>;
