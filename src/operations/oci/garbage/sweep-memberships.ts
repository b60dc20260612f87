import { readSweepPosition, writeSweepPosition } from "../../../bindings/d1/sweep-position.ts";
import { garbageLimits } from "../../../domain/oci/garbage-limits.ts";
import type { SweepPace } from "../../maintenance/sweep-blobs.ts";
import { type CollectionNeeds, collectMemberships } from "./collect-memberships.ts";

const usual: SweepPace = { graceSeconds: garbageLimits.graceSeconds, slices: 20 };
/** A Worker may make a thousand calls; each repository with garbage costs one. */
const repositoriesPerSweep = 200;

/**
 * Takes blobs out of repositories that nothing there needs, a few slices at a time; goes on where the last sweep stopped. Their bytes
 * are the blob sweep's, once no repository has them. Answers how many.
 */
export async function sweepMemberships(needs: CollectionNeeds, now: Date, pace: SweepPace = usual): Promise<number> {
  const calm = { db: needs.db, repositories: calmly(needs.repositories) };
  const before = new Date(now.getTime() - pace.graceSeconds * 1000);
  let removed = 0;
  let repositories = 0;
  let position = await readSweepPosition(needs.db, "oci_blobs");
  for (let slice = 0; slice < pace.slices && repositories < repositoriesPerSweep; slice++) {
    const found = await collectMemberships(calm, { after: placeAt(position), before, isPreview: false });
    removed += found.removed.reduce((sum, one) => sum + one.blobs, 0);
    repositories += found.removed.length;
    position = found.next === null ? null : `${found.next.repository} ${found.next.digest}`;
    if (position === null) break;
  }
  await writeSweepPosition(needs.db, "oci_blobs", position, now.toISOString());
  return removed;
}

function placeAt(position: string | null) {
  const [repository = "", digest = ""] = (position ?? "").split(" ");
  return { repository, digest };
}

/** One keeper that fails must not keep the other repositories waiting; the next round comes back to it. */
function calmly(repositories: CollectionNeeds["repositories"]): CollectionNeeds["repositories"] {
  return (repository) => ({
    async dropUnused(...asked) {
      try {
        return await repositories(repository).dropUnused(...asked);
      } catch (error) {
        console.error(JSON.stringify({ level: "error", sweep_memberships: repository, error: String(error) }));
        return [];
      }
    },
  });
}
