import { z } from "zod";
import { digest } from "../artifact/digest.ts";
import { limits } from "../limits.ts";
import { fileName, mediaType } from "./file.ts";

export const uploadId = z.uuid().lowercase();

/** Body of `POST /v1/uploads`: what will be sent. */
export const uploadRequest = z
  .strictObject({
    digest,
    size_bytes: z.int().positive().max(limits.fileBytes),
    media_type: mediaType.optional(),
    name: fileName.optional(),
  })
  .meta({ id: "UploadRequest", description: "A file that is about to be sent in parts." });
export type UploadRequest = z.infer<typeof uploadRequest>;

/** An upload in parts. Parts count from 1; each but the last has `part_bytes`. Sending a part again replaces it. */
export const upload = z
  .object({
    /** Null when the file is there already and nothing needs to be sent. */
    id: uploadId.nullable(),
    state: z.enum(["open", "complete"]),
    digest,
    size_bytes: z.int(),
    part_bytes: z.int(),
    part_count: z.int(),
    /** Parts that have arrived. */
    received: z.array(z.int()),
    expires_at: z.string().nullable(),
    /** The path of this upload with its signature: `PUT {path}/parts/{n}{query}`, `POST {path}:complete{query}`. */
    path: z.string().nullable(),
    query: z.string().nullable(),
  })
  .meta({ id: "Upload", description: "An upload in parts, and what of it has arrived." });
export type Upload = z.infer<typeof upload>;
