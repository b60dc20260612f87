import { listUnpackagedNames } from "../../../bindings/d1/oci/unpackaged-versions.ts";
import type { RepositoryCalls } from "../../../bindings/durable/repository.ts";
import { repositoryOf } from "../../../domain/oci/repository-kind.ts";

/** What giving versions their manifests works with. */
export interface SweepManifestsNeeds {
  db: D1Database;
  repositories: (repository: string) => Pick<RepositoryCalls, "completeManifests">;
}

const namesPerSweep = 50;

/**
 * Gives versions that were published before there were manifests theirs, some names at a time: each in its Registrar's turn, so that none is
 * given to what is just being deleted or pushed. Answers how many names.
 */
export async function sweepManifests(
  { db, repositories }: SweepManifestsNeeds,
  most: number = namesPerSweep,
): Promise<number> {
  const names = await listUnpackagedNames(db, most);
  for (const { kind, name } of names) {
    const repository = repositoryOf(kind, name);
    await repositories(repository).completeManifests(repository);
  }
  return names.length;
}
