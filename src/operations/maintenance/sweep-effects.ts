import { listPendingEffects } from "../../bindings/d1/artifact/pending-effects.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";

/** A commit's own tries have had this long. */
const graceMs = 60 * 1000;
const namesPerSweep = 100;

/** Repeats the effects of commits that were left without them, when even their Registrar's alarm did not. Answers how many names. */
export async function sweepEffects(
  db: D1Database,
  repeat: (kind: ArtifactKind, name: string) => Promise<void>,
  now: Date,
): Promise<number> {
  const before = new Date(now.getTime() - graceMs).toISOString();
  const pending = await listPendingEffects(db, before, namesPerSweep);
  let repeated = 0;
  for (const { kind, name } of pending) {
    try {
      await repeat(kind, name);
      repeated += 1;
    } catch (error) {
      // One name that fails again must not keep the others waiting; the next sweep comes back to it.
      console.error(JSON.stringify({ level: "error", sweep_effects: `${kind}/${name}`, error: String(error) }));
    }
  }
  return repeated;
}
