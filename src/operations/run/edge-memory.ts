import { LRUCache } from "lru-cache";
import { readBlob } from "../../bindings/r2/blob-store.ts";
import type { Outputs } from "../../contract/template/document.ts";
import { readCallable } from "../registration/read-callable.ts";

/*
 * What a function at the edge needs beside its inputs, by digest: it never changes, so this isolate may keep it for as long as there is room.
 */
const codes = new LRUCache<string, string>({ maxSize: 4 * 1024 * 1024, sizeCalculation: (code) => code.length + 1 });
const outputs = new LRUCache<string, Outputs>({ max: 200 });

/** The code of a function, by its digest. */
export async function codeOf(blobs: R2Bucket, digest: string): Promise<string> {
  const known = codes.get(digest);
  if (known !== undefined) return known;
  const bytes = await readBlob(blobs, digest);
  if (bytes === null) throw new Error(`the code ${digest} is missing from R2`);
  const code = new TextDecoder().decode(bytes);
  codes.set(digest, code);
  return code;
}

/** The outputs that a document declares, by the digest of its flattened form. */
export async function declaredOutputsOf(blobs: R2Bucket, flattenedDigest: string): Promise<Outputs> {
  const known = outputs.get(flattenedDigest);
  if (known !== undefined) return known;
  const declared = (await readCallable(blobs, flattenedDigest)).interface?.outputs ?? {};
  outputs.set(flattenedDigest, declared);
  return declared;
}
