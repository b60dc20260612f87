import { nameKey } from "../operations/lookup/lookup-memory.ts";
import { sweepBlobs } from "../operations/maintenance/sweep-blobs.ts";
import { sweepEffects } from "../operations/maintenance/sweep-effects.ts";
import { sweepFiles } from "../operations/maintenance/sweep-files.ts";
import { sweepUploads } from "../operations/maintenance/sweep-uploads.ts";
import { sweepKeys, sweepRuns } from "../operations/run/sweep-runs.ts";
import { runnerPoolsOf } from "./runner-pools.ts";

/** What cron does: finish effects that were left behind, offer runs that were lost on their way, remove blobs that nothing needs. */
export async function sweep(env: Env): Promise<void> {
  const now = new Date();
  const repeated = await sweepEffects(
    env.DB,
    (kind, name) => env.REGISTRAR.get(env.REGISTRAR.idFromName(nameKey(kind, name))).repeat(kind, name),
    now,
  );
  const offered = await sweepRuns({ db: env.DB, pools: runnerPoolsOf(env) }, now);
  const forgotten = await sweepKeys(env.DB, now);
  const unused = await sweepFiles(env.DB, now);
  const expired = await sweepUploads({ db: env.DB, blobs: env.BLOBS }, now);
  const removed = await sweepBlobs({ db: env.DB, blobs: env.BLOBS }, now);
  console.log(
    JSON.stringify({
      level: "info",
      sweep: {
        effects_repeated: repeated,
        runs_offered: offered,
        keys_forgotten: forgotten,
        files_forgotten: unused,
        uploads_removed: expired.uploads,
        incoming_removed: expired.incoming,
        blobs_removed: removed,
      },
    }),
  );
}
