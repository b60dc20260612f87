import {
  listUnpackagedVersions,
  packageVersions,
  type UnpackagedVersion,
} from "../../../bindings/d1/oci/unpackaged-versions.ts";
import { blobSize, putBlob } from "../../../bindings/r2/blob-store.ts";
import { emptyBlob } from "../../../contract/oci/manifest.ts";
import { artifactManifestOf } from "../../../domain/oci/artifact-manifest.ts";
import type { Manifest } from "../../../domain/oci/manifest-facts.ts";
import type { TypedRepository } from "../../../domain/oci/repository-kind.ts";

/** Versions in one transaction. */
const perSlice = 50;

/** Gives every version of a name that has no manifest the registry's own: those that were published before there were any. */
export async function completeManifests(
  { db, blobs }: { db: D1Database; blobs: R2Bucket },
  artifact: TypedRepository,
): Promise<void> {
  for (;;) {
    const versions = await listUnpackagedVersions(db, artifact, perSlice);
    if (versions.length === 0) return;
    const { digest, data, mediaType } = emptyBlob;
    await putBlob(blobs, digest, new TextEncoder().encode(atob(data)), mediaType);
    const packaged = await Promise.all(versions.map((version) => packageOne(blobs, artifact, version)));
    const whole = packaged.flatMap((one) => one ?? []);
    await packageVersions(db, artifact, whole);
    // Sources that R2 has lost (`admin verify` reports them) would be found again and again.
    if (whole.length < versions.length) return;
  }
}

async function packageOne(
  blobs: R2Bucket,
  { kind, name }: TypedRepository,
  version: UnpackagedVersion,
): Promise<{ version: UnpackagedVersion; manifest: Manifest } | null> {
  const sizeBytes = await blobSize(blobs, version.source_digest);
  if (sizeBytes === null) return null;
  const { title, description, source_digest: digest, source_media_type: mediaType, source_file: file } = version;
  const source = { digest, sizeBytes, mediaType, file };
  const manifest = artifactManifestOf({ kind, name, version: version.version, title, description, source });
  await putBlob(blobs, manifest.digest, manifest.bytes, manifest.mediaType);
  return { version, manifest };
}
