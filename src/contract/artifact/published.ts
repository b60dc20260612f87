import { z } from "zod";
import { sourceMediaTypes } from "../function/runtime.ts";
import { digest } from "./digest.ts";
import { artifactKind } from "./kind.ts";
import { version } from "./version.ts";

/** The exact version that `extends` chose when the child was registered. */
export const parentPin = z.object({ name: z.string(), version, digest }).meta({ id: "ParentPin" });
export type ParentPin = z.infer<typeof parentPin>;

/** What a source is written in. */
export const sourceMediaType = z.enum(["application/yaml", "application/json", ...Object.values(sourceMediaTypes)]);
export type SourceMediaType = z.infer<typeof sourceMediaType>;

/** One published version as KV keeps it: written once, never changed. `document` is flattened: parents merged in. */
export const publishedDocument = z.object({
  kind: artifactKind,
  name: z.string(),
  version,
  digest,
  source_digest: digest,
  source_media_type: sourceMediaType,
  /** Its file's name; null when it was not told. */
  source_file: z.string().nullable().default(null),
  published_at: z.iso.datetime(),
  published_by: z.string(),
  extends: parentPin.nullable(),
  document: z.record(z.string(), z.unknown()),
});
export type PublishedDocument = z.infer<typeof publishedDocument>;
