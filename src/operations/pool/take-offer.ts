import { loadStandings } from "../../bindings/d1/run/run-standing.ts";
import { limits } from "../../contract/limits.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import type { Job } from "../../contract/runner/job.ts";
import type { WaitingJob } from "../../domain/dispatch/waiting-jobs.ts";
import { declaredOutputs } from "./lease/declared-outputs.ts";
import type { OpenPool } from "./open-pool.ts";
import { tellState } from "./telling/event-stream.ts";

export type OfferAnswer = "taken" | "known" | "ended" | "full";

/**
 * Takes a job; on disk when this answers. `isFresh`: the run was recorded a moment ago and nobody else has offered it, so D1 need not be
 * asked how it stands. Should it have been cancelled since, its end is refused later.
 */
export async function takeOffer(pool: OpenPool, job: Job, isFresh: boolean): Promise<OfferAnswer> {
  const known = answerKnown(pool, job.run_id);
  if (known !== null) return known;
  const begun = { attempt: 0, fence: 0 };
  if (!isFresh) {
    const standing = (await loadStandings(pool.db, [job.run_id])).get(job.run_id);
    if (standing === undefined || isFinal(standing.state)) return "ended";
    // A lease must have a higher fence than any that was ever given; D1 knows of those of a pool that lost its disk.
    begun.attempt = standing.attempt;
    begun.fence = standing.fence;
  }
  await declaredOutputs(pool, job.flattened_digest);
  // The same offer may have come in by the queue meanwhile, or the run may have been dropped.
  return pool.turns.take(() => answerKnown(pool, job.run_id) ?? insert(pool, job, begun));
}

function answerKnown(pool: OpenPool, runId: string): OfferAnswer | null {
  if (pool.waiting.has(runId) || pool.leased.has(runId)) return "known";
  if (pool.tables.ended.load(runId) !== null) return "ended";
  return pool.waiting.size >= limits.waitingPerPool ? "full" : null;
}

function insert(pool: OpenPool, job: Job, begun: { attempt: number; fence: number }): OfferAnswer {
  const waiting: WaitingJob = {
    runId: job.run_id,
    needs: job.needs,
    priority: job.priority,
    arrivedAtMs: pool.nowMs(),
    notBeforeMs: 0,
    warmKeys: warmKeysOf(job),
    handler: job.handler,
  };
  pool.tables.jobs.insert(job, waiting, begun);
  pool.waiting.add(waiting);
  tellState(pool, job.run_id, { state: "queued", attempt: begun.attempt, runner: null, failure: null, retry_at: null });
  pool.turns.matchSoon();
  return "taken";
}

/** What a runner had better have loaded already. */
export function warmKeysOf(job: Pick<Job, "digest" | "source" | "needs">): string[] {
  const source = job.source === null ? [] : [job.source.digest];
  return [job.digest, ...source, ...job.needs.models.map(({ name }) => name)];
}
