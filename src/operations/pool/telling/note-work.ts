import type { FromRunner, LogLines, ProgressReport } from "../../../contract/runner/from-runner.ts";
import { overallProgress, workDone } from "../../../domain/run/overall-progress.ts";
import { secondsLeft } from "../../../domain/run/seconds-left.ts";
import { isoTime } from "../iso-time.ts";
import { medianSeconds } from "../lease/median-seconds.ts";
import { whenTimedOut } from "../lease/when-timed-out.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";
import type { PoolRunner } from "../runner/pool-runner.ts";
import { leaseOf } from "../runner/say-accepted.ts";
import { tellLog, tellProgress, tellState } from "./event-stream.ts";
import { noteStanding } from "./note-mirror.ts";

/** D1 hears of progress at most this often. */
const mirrorGapMs = 3000;

/** The process of a job runs. Said twice, it counts once. */
export function noteStarted(
  pool: OpenPool,
  runner: PoolRunner,
  started: Extract<FromRunner, { type: "started" }>,
): void {
  const leased = leaseOf(runner, started);
  if (leased === null || leased.startedAtMs !== null || leased.ending !== null) return;
  const { run_id: runId } = leased.job;
  leased.startedAtMs = pool.nowMs();
  pool.tables.jobs.saveStart(runId, leased.startedAtMs);
  const told = { attempt: leased.attempt, runner: leased.runner.name, failure: null, retry_at: null };
  tellState(pool, runId, { state: "running", ...told });
  noteStanding(pool, leased);
  pool.wakeAt(whenTimedOut(leased));
  // Asked for now, so that it is known when progress is told.
  medianSeconds(pool, leased);
}

/** A job came further. */
export function noteProgress(pool: OpenPool, runner: PoolRunner, report: ProgressReport): void {
  const leased = leaseOf(runner, report);
  if (leased === null || leased.ending !== null) return;
  const before = leased.progress;
  leased.progress = progressOf(pool, leased, report);
  tellProgress(pool, leased.job.run_id, leased.progress);
  const isNews = before === null || Date.parse(leased.progress.at) - leased.mirroredAtMs >= mirrorGapMs;
  if (!isNews) return;
  leased.mirroredAtMs = pool.nowMs();
  noteStanding(pool, leased);
}

/** A job's handler, or its runner, wrote lines. */
export function noteLog(pool: OpenPool, runner: PoolRunner, log: LogLines): void {
  const leased = leaseOf(runner, log);
  if (leased !== null) tellLog(pool, leased.job.run_id, leased.attempt, log.stream, log.lines);
}

function progressOf(pool: OpenPool, leased: LeasedJob, report: ProgressReport) {
  const nowMs = pool.nowMs();
  const { stages } = leased.job;
  const left = secondsLeft({
    medianSeconds: medianSeconds(pool, leased),
    elapsedSeconds: (nowMs - (leased.startedAtMs ?? leased.leasedAtMs)) / 1000,
    fraction: workDone(report, stages) ?? 0,
  });
  return overallProgress({ before: leased.progress, report, stages, secondsLeft: left, at: isoTime(nowMs) });
}
