import { listReferrerRows, type ReferrerRow } from "../../../bindings/d1/oci/referrer-row.ts";
import { readBlob } from "../../../bindings/r2/blob-store.ts";
import { limits } from "../../../contract/limits.ts";
import { type Descriptor, imageIndex, imageManifest } from "../../../contract/oci/manifest.ts";

/** Which manifests are asked for: those about `subject`, of a type (null: of any), after a digest ("": from the first). */
export interface AskedReferrers {
  repository: string;
  subject: string;
  artifactType: string | null;
  last: string;
}

/** Descriptors of referrers, ready for an index. */
export interface ReferrerPage {
  descriptors: Descriptor[];
  /** The digest after which the list goes on; null: it ends here. */
  next: string | null;
}

/** What the index has around its descriptors, at most. */
const envelopeBytes = 512;

/** Manifests about another one: as many as make an index that a client takes for a manifest. Unknown ones have none. */
export async function listReferrers(
  { db, blobs }: { db: D1Database; blobs: R2Bucket },
  { last, ...asked }: AskedReferrers,
): Promise<ReferrerPage> {
  const rows = await listReferrerRows(db, asked, { last, limit: limits.referrersPage + 1 });
  const descriptors: Descriptor[] = [];
  let sizeBytes = envelopeBytes;
  let readWhole = 0;
  for (const row of rows) {
    if (row.annotations === "") readWhole += 1;
    const isFull = descriptors.length === limits.referrersPage || readWhole > limits.referrersReadWhole;
    if (isFull) return endAt(descriptors);
    const descriptor = await descriptorOf(blobs, row);
    sizeBytes += new TextEncoder().encode(JSON.stringify(descriptor)).byteLength + 1;
    // One at least, or the list would never go on.
    if (sizeBytes > limits.manifestBytes && descriptors.length > 0) return endAt(descriptors);
    descriptors.push(descriptor);
  }
  return { descriptors, next: null };
}

function endAt(descriptors: Descriptor[]): ReferrerPage {
  return { descriptors, next: descriptors.at(-1)?.digest ?? null };
}

async function descriptorOf(blobs: R2Bucket, row: ReferrerRow): Promise<Descriptor> {
  const annotations = await annotationsOf(blobs, row);
  return {
    mediaType: row.mediaType,
    digest: row.digest,
    size: row.sizeBytes,
    ...(row.artifactType === null ? {} : { artifactType: row.artifactType }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}

const annotated = imageManifest.shape.annotations;

async function annotationsOf(blobs: R2Bucket, row: ReferrerRow): Promise<Record<string, string>> {
  if (row.annotations !== "") return annotated.parse(JSON.parse(row.annotations)) ?? {};
  const bytes = await readBlob(blobs, row.digest);
  if (bytes === null) throw new Error(`R2 lacks manifest ${row.digest}`);
  const manifest = imageManifest.or(imageIndex).parse(JSON.parse(new TextDecoder().decode(bytes)));
  return manifest.annotations ?? {};
}
