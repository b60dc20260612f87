import {
  listLiveVersions,
  listRemovedVersions,
  type VersionOfName,
} from "../../bindings/d1/webhook/versions-of-names.ts";
import type { Registrars } from "../../bindings/durable/registrar.ts";
import type { FileArtifact } from "../../domain/webhook/diff-files.ts";
import { removalMessage, removalPrefix } from "../../domain/webhook/removal-message.ts";
import { runInOrder } from "../template/run-in-order.ts";
import { RegistryAway } from "./register-files.ts";

export interface SettleNeeds {
  db: D1Database;
  registrars: Registrars;
}

/** Names that no watched file gives any more, and names that one gives again. */
export interface SettledNames {
  gone: readonly Pick<FileArtifact, "kind" | "name">[];
  back: readonly Pick<FileArtifact, "kind" | "name">[];
}

/** The names of a push that changed hands: an artifact's name by its key. */
export function nameKeyOf({ kind, name }: Pick<FileArtifact, "kind" | "name">): string {
  return `${kind}/${name}`;
}

const changesAtOnce = 6;

/**
 * Deprecates every live version of names that are gone, and restores what was deprecated so of names that are back. Doing it twice changes nothing.
 * Answers the versions that were restored, or, as a dry run, would be, and the highest seq.
 */
export async function settleNames(
  needs: SettleNeeds,
  { gone, back }: SettledNames,
  how: { repository: string; commit: string | null; by: string; isDryRun: boolean },
): Promise<{ restored: VersionOfName[]; seq: number | null }> {
  const restored = await listRemovedVersions(needs.db, back, removalPrefix(how.repository));
  if (how.isDryRun) return { restored, seq: null };
  const removed = await listLiveVersions(needs.db, gone);
  const message = removalMessage(how.repository, how.commit);
  const seqs: number[] = [];
  const failures: unknown[] = [];
  const setState = (one: VersionOfName, state: "live" | "deprecated") => ({
    // Versions of one name one after the other: side by side they would only race for it.
    writes: [nameKeyOf(one)],
    reads: [],
    run: async () => {
      const request = { ...one, state, message: state === "live" ? null : message, successor: null, sunset: null };
      try {
        const changed = await needs.registrars(one.kind, one.name).setState(request, how.by);
        if (changed.ok) seqs.push(changed.value.seq);
        // Deleted or yanked meanwhile: somebody knew better.
        else if (changed.failure.code === "UNAVAILABLE") failures.push(new RegistryAway(changed.failure.message));
      } catch (error) {
        failures.push(error);
      }
    },
  });
  const work = [...removed.map((one) => setState(one, "deprecated")), ...restored.map((one) => setState(one, "live"))];
  await runInOrder(work, changesAtOnce);
  if (failures.length > 0) throw failures[0];
  return { restored, seq: seqs.length === 0 ? null : Math.max(...seqs) };
}
