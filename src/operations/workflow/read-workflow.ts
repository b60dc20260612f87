import { LRUCache } from "lru-cache";
import { readBlob } from "../../bindings/r2/blob-store.ts";
import { type WorkflowDocument, workflowDocument } from "../../contract/workflow/document.ts";

/** A workflow as it was published. `document` is null where that was before today's rules, and it breaks them. */
export interface ReadWorkflow {
  document: WorkflowDocument | null;
  sizeBytes: number;
}

/** A published workflow, by the digest of its flattened document. */
export async function readWorkflow(blobs: R2Bucket, flattenedDigest: string): Promise<ReadWorkflow> {
  const before = known.get(flattenedDigest);
  if (before !== undefined) return before;
  const { value, sizeBytes } = await readFlattened(blobs, flattenedDigest);
  const found = { document: workflowDocument.safeParse(value).data ?? null, sizeBytes };
  known.set(flattenedDigest, found);
  return found;
}

// Documents never change under their digests.
const known = new LRUCache<string, ReadWorkflow>({
  maxSize: 4 * 1024 * 1024,
  sizeCalculation: ({ sizeBytes }) => sizeBytes + 1,
});

/** The same as it is written. */
export async function readFlattened(
  blobs: R2Bucket,
  flattenedDigest: string,
): Promise<{ value: unknown; sizeBytes: number }> {
  const bytes = await readBlob(blobs, flattenedDigest);
  if (bytes === null) throw new Error(`blob ${flattenedDigest} is missing from R2`);
  return { value: JSON.parse(new TextDecoder().decode(bytes)), sizeBytes: bytes.byteLength };
}
