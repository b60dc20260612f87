import { sealAudit } from "../operations/access/seal-audit.ts";
import { sweepIdentities } from "../operations/access/sweep-identities.ts";
import { sweepAgentHealth } from "../operations/agent/sweep-agent-health.ts";
import { nameKey } from "../operations/lookup/lookup-memory.ts";
import { sweepBlobs } from "../operations/maintenance/sweep-blobs.ts";
import { sweepEffects } from "../operations/maintenance/sweep-effects.ts";
import { sweepFiles } from "../operations/maintenance/sweep-files.ts";
import { sweepUploads } from "../operations/maintenance/sweep-uploads.ts";
import { sweepMemberships } from "../operations/oci/garbage/sweep-memberships.ts";
import { sweepManifests } from "../operations/oci/typed/sweep-manifests.ts";
import { sweepKeys, sweepRuns } from "../operations/run/sweep-runs.ts";
import { sweepHooks } from "../operations/webhook/sweep-hooks.ts";
import { sweepWorkflowRuns } from "../operations/workflow-run/sweep-workflow-runs.ts";
import { wakeCouriers } from "./couriers.ts";
import { repositoriesOf } from "./repositories.ts";
import { runFeedsOf } from "./run-feeds.ts";
import { runnerPoolsOf } from "./runner-pools.ts";
import { settingsOf } from "./settings.ts";
import { workflowInstancesOf } from "./workflow-instances.ts";

/** What cron does: finish effects that were left behind, offer runs that were lost on their way, go on with those of workflows, remove blobs that nothing needs, ask agents how they are. */
export async function sweep(env: Env): Promise<void> {
  const now = new Date();
  const repeated = await sweepEffects(
    env.DB,
    (kind, name) => env.REGISTRAR.get(env.REGISTRAR.idFromName(nameKey(kind, name))).repeat(kind, name),
    now,
  );
  const offered = await sweepRuns({ db: env.DB, pools: runnerPoolsOf(env) }, now);
  const workflows = await sweepWorkflowRuns(
    {
      db: env.DB,
      pools: runnerPoolsOf(env),
      gpuJobs: env.GPU_JOBS,
      workflows: workflowInstancesOf(env),
      feeds: runFeedsOf(env),
      now: () => new Date(),
    },
    now,
  );
  const sealed = await sealAudit(env.DB);
  const forgotten = await sweepKeys(env.DB, now);
  const identities = await sweepIdentities(env.DB, now);
  const hooks = await sweepHooks({ db: env.DB, blobs: env.BLOBS, webhookEvents: env.WEBHOOK_EVENTS }, now);
  const unused = await sweepFiles(env.DB, now);
  const expired = await sweepUploads({ db: env.DB, blobs: env.BLOBS }, now);
  const packaged = await sweepManifests({ db: env.DB, repositories: repositoriesOf(env) }, now);
  const dropped = await sweepMemberships({ db: env.DB, repositories: repositoriesOf(env) }, now);
  const removed = await sweepBlobs({ db: env.DB, blobs: env.BLOBS }, now);
  // Whatever a queue's message should have done, and an alarm that was lost.
  await wakeCouriers(env);
  // Last: it waits for others' machines.
  const asked = await sweepAgentHealth(
    {
      db: env.DB,
      fetch: (url, init) => fetch(url, init),
      mayAskPrivate: settingsOf(env).ENVIRONMENT === "local",
      nowMs: () => Date.now(),
    },
    now,
  );
  const swept = {
    effects_repeated: repeated,
    runs_offered: offered,
    ...workflows,
    audit_entries_sealed: sealed,
    keys_forgotten: forgotten,
    identities_forgotten: identities,
    hooks_sent: hooks.sent,
    hooks_forgotten: hooks.forgotten,
    files_forgotten: unused,
    uploads_removed: expired.uploads,
    incoming_removed: expired.incoming,
    names_given_manifests: packaged,
    repository_blobs_dropped: dropped,
    blobs_removed: removed,
    agents_asked: asked,
  };
  // A sweep that found nothing to do is not worth a line.
  if (Object.values(swept).some((count) => count > 0)) console.log(JSON.stringify({ level: "info", sweep: swept }));
}
