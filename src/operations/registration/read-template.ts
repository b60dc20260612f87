import { z } from "zod";
import { readBlob } from "../../bindings/r2/blob-store.ts";
import type { Template } from "../../contract/template/document.ts";

/**
 * A flattened template by its digest. Its rules were checked when it was registered and its digest proves the bytes, so they are not
 * checked again: a rule that was added since must not make a published version unreadable.
 */
export async function readTemplate(blobs: R2Bucket, flattenedDigest: string): Promise<Template> {
  const bytes = await readBlob(blobs, flattenedDigest);
  if (bytes === null) throw new Error(`blob ${flattenedDigest} is missing from R2`);
  return templateOf(JSON.parse(new TextDecoder().decode(bytes)));
}

/** The template in a flattened document of ours. */
export function templateOf(document: unknown): Template {
  return flattened.parse(document).template;
}

const flattened = z.object({
  template: z.custom<Template>((value) => typeof value === "object" && value !== null),
});
