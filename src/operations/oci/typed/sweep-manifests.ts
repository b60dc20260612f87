import { listUnpackagedNames } from "../../../bindings/d1/oci/unpackaged-versions.ts";
import { readSweepPosition, writeSweepPosition } from "../../../bindings/d1/sweep-position.ts";
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
 * given to what is just being deleted or pushed. Goes on where the last sweep stopped, past what fails. Answers how many names.
 */
export async function sweepManifests({ db, repositories }: SweepManifestsNeeds, now: Date): Promise<number> {
  const [kind = "", name = ""] = ((await readSweepPosition(db, "manifests")) ?? "").split(" ");
  const names = await listUnpackagedNames(db, { kind, name }, namesPerSweep);
  for (const artifact of names) {
    const repository = repositoryOf(artifact.kind, artifact.name);
    try {
      await repositories(repository).completeManifests(repository);
    } catch (error) {
      // One name that fails must not keep the others waiting.
      console.error(JSON.stringify({ level: "error", sweep_manifests: repository, error: String(error) }));
    }
  }
  const last = names.length < namesPerSweep ? undefined : names.at(-1);
  const position = last === undefined ? null : `${last.kind} ${last.name}`;
  await writeSweepPosition(db, "manifests", position, now.toISOString());
  return names.length;
}
