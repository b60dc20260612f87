import { loadStandings } from "../../../bindings/d1/run/run-standing.ts";
import type { RunEnding } from "../../../bindings/d1/run/run-transitions.ts";
import type { RunFailure } from "../../../contract/run/run-failure.ts";
import { isFinal } from "../../../contract/run/run-state.ts";
import { circuitAfterSuccess } from "../../../domain/dispatch/circuit-breaker.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";
import { changeCircuit } from "../runner/change-circuit.ts";
import { sayAccepted, sayRefused } from "../runner/say-accepted.ts";
import { noteCancelled } from "../telling/note-mirror.ts";
import { closeRun } from "./close-run.ts";
import { failAttempt } from "./fail-attempt.ts";
import { failureOf } from "./failure-of.ts";
import { prepareFailure } from "./prepare-failure.ts";
import { prepareSuccess } from "./prepare-success.ts";

const firstRetryMs = 1000;
const mostRetryMs = 60_000;

/**
 * Brings the end of a leased run into D1, and tells its runner when it is there. Never throws: what cannot be committed now is kept on
 * disk and tried again, for as long as it takes.
 */
export async function commitEnding(pool: OpenPool, leased: LeasedJob): Promise<void> {
  leased.retryAtMs = null;
  try {
    await tryToCommit(pool, leased);
  } catch (error) {
    if (!isStillLeased(pool, leased) || leased.ending === null) return;
    console.error(JSON.stringify({ level: "error", ending_of: leased.job.run_id, error: String(error) }));
    pool.tables.jobs.saveEnding(leased.job.run_id, leased.ending);
    const waitMs = Math.min(firstRetryMs * 2 ** leased.retries, mostRetryMs);
    leased.retries += 1;
    leased.retryAtMs = pool.nowMs() + waitMs;
    pool.wakeAt(leased.retryAtMs);
  }
}

async function tryToCommit(pool: OpenPool, leased: LeasedJob): Promise<void> {
  if (leased.ending === null) return;
  const prepared =
    leased.ending.how === "result"
      ? await prepareSuccess(pool, leased, leased.ending.report)
      : { ok: true as const, value: await prepareFailure(pool, leased, leased.ending.failure) };
  if (!isStillLeased(pool, leased)) return;
  if (!prepared.ok) {
    if (refuseOutputs(pool, leased, prepared.failure) === "ends") await tryToCommit(pool, leased);
    return;
  }
  const isDone = await pool.endings.commit(prepared.value);
  if (!isStillLeased(pool, leased)) return;
  if (isDone) await settleInTurn(pool, leased, prepared.value);
  else await settleOtherwise(pool, leased, prepared.value);
}

/** While D1 was asked the run may have been dropped: whoever did that has told everyone. */
function isStillLeased(pool: OpenPool, leased: LeasedJob): boolean {
  return pool.leased.get(leased.job.run_id) === leased;
}

/** Many runs end together, when D1 answers for all of a batch. */
function settleInTurn(pool: OpenPool, leased: LeasedJob, ending: RunEnding): Promise<void> {
  return pool.turns.take(() => {
    if (isStillLeased(pool, leased)) settle(pool, leased, ending);
  });
}

function settle(pool: OpenPool, leased: LeasedJob, ending: RunEnding): void {
  const runner = pool.runners.get(leased.runner.id);
  const { runId, fence, state } = ending;
  if (state === "succeeded") {
    changeCircuit(pool, leased.job.handler, circuitAfterSuccess);
    leased.progress = ending.progress;
    if (runner !== undefined) {
      runner.succeeded += 1;
      pool.tables.runners.saveCounts(runner.id, runner.succeeded, runner.failed);
    }
  }
  closeRun(pool, runId, {
    outcome: state,
    fence,
    failure: state === "failed" ? ending.failure : null,
    ending,
    reason: null,
  });
  answerWord(pool, leased);
  // The handler's circuit may have closed.
  pool.turns.matchSoon();
}

/** D1 did not take the end: it has it already from an earlier try whose answer was lost, or the run ended otherwise. */
async function settleOtherwise(pool: OpenPool, leased: LeasedJob, ending: RunEnding): Promise<void> {
  const { runId, fence, state } = ending;
  const standing = (await loadStandings(pool.db, [runId])).get(runId);
  if (!isStillLeased(pool, leased)) return;
  if (standing?.state === state && standing.fence === fence) return settleInTurn(pool, leased, ending);
  const runner = pool.runners.get(leased.runner.id);
  const found =
    standing === undefined ? "is not known" : isFinal(standing.state) ? `has ${standing.state}` : "has a newer lease";
  const outcome = standing !== undefined && isFinal(standing.state) ? standing.state : "cancelled";
  noteCancelled(pool, leased, ending.finishedAt);
  closeRun(pool, runId, { outcome, fence: standing?.fence ?? fence, failure: null, ending: null, reason: null });
  sayRefused(pool, runner, { run_id: runId, fence }, `the run ${found}`);
}

/** The outputs are not what the interface promises: the attempt failed, and the runner hears why. */
function refuseOutputs(
  pool: OpenPool,
  leased: LeasedJob,
  what: Pick<RunFailure, "class" | "code" | "message" | "detail">,
): "returned" | "ends" {
  leased.refusal = `${what.code}: ${what.message}`;
  const next = failAttempt(pool, leased, failureOf(pool, leased, what), true);
  if (next === "returned") answerWord(pool, leased);
  return next;
}

/** Tells the runner what became of its last word. */
function answerWord(pool: OpenPool, leased: LeasedJob): void {
  const runner = pool.runners.get(leased.runner.id);
  const key = { run_id: leased.job.run_id, fence: leased.fence };
  if (leased.refusal === null) sayAccepted(pool, runner, key);
  else sayRefused(pool, runner, key, leased.refusal);
}

/** Tries those endings again whose time has come. */
export async function retryEndings(pool: OpenPool): Promise<void> {
  const due = [...pool.leased.values()].filter(
    (leased) => leased.ending !== null && leased.retryAtMs !== null && leased.retryAtMs <= pool.nowMs(),
  );
  await Promise.all(due.map((leased) => commitEnding(pool, leased)));
}
