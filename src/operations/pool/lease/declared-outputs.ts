import type { Field } from "../../../contract/template/field.ts";
import { readCallable } from "../../registration/read-callable.ts";
import type { OpenPool } from "../open-pool.ts";

/** Documents whose outputs are held in memory. */
const mostInMemory = 200;

/** The outputs that a document declares: from memory, else from disk, else from R2, and kept on the way. */
export async function declaredOutputs(pool: OpenPool, flattenedDigest: string): Promise<Record<string, Field>> {
  const kept = keptOutputs(pool, flattenedDigest);
  if (kept !== null) return kept;
  const callable = await readCallable(pool.blobs, flattenedDigest);
  const declared = callable.interface?.outputs ?? {};
  pool.tables.saveOutputs(flattenedDigest, declared);
  remember(pool, flattenedDigest, declared);
  return declared;
}

/** The same without R2; null when the pool does not have them. */
export function keptOutputs(pool: OpenPool, flattenedDigest: string): Record<string, Field> | null {
  const known = pool.outputs.get(flattenedDigest);
  if (known !== undefined) return known;
  const onDisk = pool.tables.outputs(flattenedDigest);
  if (onDisk !== null) remember(pool, flattenedDigest, onDisk);
  return onDisk;
}

function remember(pool: OpenPool, flattenedDigest: string, declared: Record<string, Field>): void {
  const [oldest] = pool.outputs.keys();
  if (pool.outputs.size >= mostInMemory && oldest !== undefined) pool.outputs.delete(oldest);
  pool.outputs.set(flattenedDigest, declared);
}
