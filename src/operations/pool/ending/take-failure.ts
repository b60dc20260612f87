import type { FailureReport, FromRunner } from "../../../contract/runner/from-runner.ts";
import { circuitAfterNoAnswer } from "../../../domain/dispatch/circuit-breaker.ts";
import { failureClassOf } from "../../../domain/run/failure-rules.ts";
import { isoTime } from "../iso-time.ts";
import { returnJob } from "../lease/return-job.ts";
import type { OpenPool } from "../open-pool.ts";
import { changeCircuit } from "../runner/change-circuit.ts";
import type { PoolRunner } from "../runner/pool-runner.ts";
import { leaseOf, sayAccepted } from "../runner/say-accepted.ts";
import { answerLate } from "./answer-late.ts";
import { endAttempt } from "./end-attempt.ts";
import { failureOf } from "./failure-of.ts";

/** A runner says that an attempt failed. */
export function takeFailure(pool: OpenPool, runner: PoolRunner, report: FailureReport): void {
  const leased = leaseOf(runner, report);
  if (leased === null) {
    answerLate(pool, runner, report);
    return;
  }
  // Its end is on the way to D1; the answer comes when it is there.
  if (leased.ending !== null) return;
  const { code, message, detail } = report;
  const failure = failureOf(pool, leased, { class: failureClassOf(code, report.class), code, message, detail });
  if (endAttempt(pool, leased, failure, true)) sayAccepted(pool, runner, report);
}

/** Handed back this often, a job waits before it is tried again: it would else go to and fro for ever. */
const freeReleases = 3;
const mostReleaseWaitMs = 60_000;

/** A runner hands a job back unfinished: it costs no attempt, and another runner may have it at once. */
export function takeRelease(
  pool: OpenPool,
  runner: PoolRunner,
  release: Extract<FromRunner, { type: "release" }>,
): void {
  const leased = leaseOf(runner, release);
  if (leased === null) {
    answerLate(pool, runner, release);
    return;
  }
  if (leased.ending !== null) return;
  const nowMs = pool.nowMs();
  changeCircuit(pool, leased.job.handler, (circuit) => circuitAfterNoAnswer(circuit, nowMs));
  const releases = (pool.releases.get(release.run_id) ?? 0) + 1;
  pool.releases.set(release.run_id, releases);
  const waitMs = releases <= freeReleases ? 0 : Math.min(1000 * 2 ** (releases - freeReleases), mostReleaseWaitMs);
  returnJob(pool, leased, {
    needs: leased.needs,
    attempt: leased.attempt - 1,
    notBeforeMs: waitMs === 0 ? 0 : nowMs + waitMs,
    outcome: "released",
    failure: null,
    isSaid: true,
    at: isoTime(nowMs),
  });
  sayAccepted(pool, runner, release);
}
