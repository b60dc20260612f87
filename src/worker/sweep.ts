import { nameKey } from "../operations/lookup/lookup-memory.ts";
import { sweepBlobs } from "../operations/maintenance/sweep-blobs.ts";
import { sweepEffects } from "../operations/maintenance/sweep-effects.ts";

/** What cron does: finish effects that were left behind, remove blobs that nothing needs. */
export async function sweep(env: Env): Promise<void> {
  const now = new Date();
  const repeated = await sweepEffects(
    env.DB,
    (kind, name) => env.REGISTRAR.get(env.REGISTRAR.idFromName(nameKey(kind, name))).repeat(kind, name),
    now,
  );
  const removed = await sweepBlobs({ db: env.DB, blobs: env.BLOBS }, now);
  console.log(JSON.stringify({ level: "info", sweep: { effects_repeated: repeated, blobs_removed: removed } }));
}
