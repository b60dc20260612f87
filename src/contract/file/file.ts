import { z } from "zod";
import { digest } from "../artifact/digest.ts";

/** Bytes that a run takes or gives, named by their digest. */
export const file = z
  .object({
    digest,
    size_bytes: z.int().nonnegative(),
    /** As sniffed from the bytes, else as the sender said. */
    media_type: z.string(),
    /** As the first sender called it; null when unknown. */
    name: z.string().nullable(),
    created_at: z.string(),
  })
  .meta({ id: "File", description: "Bytes named by their digest." });
export type File = z.infer<typeof file>;

/** A file name without a path. */
export const fileName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\p{Cc}/\\]+$/u, "a file name has no slashes and no control characters");

export const mediaType = z
  .string()
  .max(200)
  .regex(/^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/, "a media type is type/subtype, like image/png");
