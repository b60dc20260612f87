import { type ArtifactManifestRow, seekByDigest, seekByTag } from "../../../bindings/d1/oci/artifact-manifest-row.ts";
import { loadManifestRow } from "../../../bindings/d1/oci/manifest-row.ts";
import type { FoundManifest } from "../../../bindings/durable/repository.ts";
import { deprecationWarning } from "../../../domain/oci/deprecation-warning.ts";
import { type TypedRepository, typedRepositoryOf } from "../../../domain/oci/repository-kind.ts";

export interface SeekNeeds {
  db: D1Database;
  /** Makes sure that every version of the artifact has a manifest. Does nothing in a plain repository. */
  completeManifests: (repository: string) => Promise<void>;
}

/** The manifest that a tag or digest of a repository names, as D1's primary has it, without its bytes. */
export async function seekManifest(
  needs: SeekNeeds,
  repository: string,
  reference: string,
): Promise<Omit<FoundManifest, "bytes"> | null> {
  const typed = typedRepositoryOf(repository);
  if (typed === "misplaced") return null;
  if (typed === null) {
    const row = await loadManifestRow(needs.db, repository, reference);
    return row === null ? null : { ...row, warning: null };
  }
  const row = await seekArtifactManifest(needs, repository, typed, reference);
  if (row === null) return null;
  const { deprecated, ...found } = row;
  const what = `${repository}:${deprecated?.version}`;
  return { ...found, warning: deprecated === null ? null : deprecationWarning({ what, ...deprecated }) };
}

/** Versions of before there was OCI have no manifest until one is asked for. */
async function seekArtifactManifest(
  { db, completeManifests }: SeekNeeds,
  repository: string,
  typed: TypedRepository,
  reference: string,
): Promise<ArtifactManifestRow | null> {
  const seek = reference.includes(":") ? seekByDigest : seekByTag;
  const sought = await seek(db, repository, typed, reference);
  if (!sought.mayBeMissing) return sought.found;
  await completeManifests(repository);
  return (await seek(db, repository, typed, reference)).found;
}
