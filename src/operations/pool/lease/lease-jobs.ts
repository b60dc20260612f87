import type { JobRow } from "../../../bindings/pool/job-table.ts";
import { circuitOnTry, closedCircuit, mayTry } from "../../../domain/dispatch/circuit-breaker.ts";
import { type Assignment, matchJobs } from "../../../domain/dispatch/match-jobs.ts";
import type { RunnerRoom } from "../../../domain/dispatch/runner-room.ts";
import { isoTime } from "../iso-time.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";
import { changeCircuit } from "../runner/change-circuit.ts";
import { type PoolRunner, settleRoom } from "../runner/pool-runner.ts";
import { tellState } from "../telling/event-stream.ts";
import { noteLease } from "../telling/note-mirror.ts";
import { jobOfferOf } from "./job-offer-of.ts";

/** Assignments of one match; the next goes on from there. */
const mostAtOnce = 100;

/** Leases waiting jobs to runners with room, until none fits. Each lease is on disk before its runner hears of it. */
export function leaseJobs(pool: OpenPool): void {
  if (pool.waiting.size === 0) return;
  for (;;) {
    const rooms = connectedRooms(pool);
    if (!rooms.some((room) => room.isOpen && room.slotsFree > 0)) return;
    const nowMs = pool.nowMs();
    const assignments = matchJobs({
      waiting: pool.waiting,
      rooms,
      mayStart: (handler) => (handler === null ? true : mayTry(pool.circuits.get(handler) ?? closedCircuit, nowMs)),
      nowMs,
      most: mostAtOnce,
    });
    const leased = assignments.filter((assignment) => lease(pool, assignment, nowMs));
    if (leased.length < mostAtOnce) break;
  }
  const nextMs = pool.waiting.nextNotBeforeMs(pool.nowMs());
  if (nextMs !== null) pool.wakeAt(nextMs);
}

/** The rooms of all connected runners, open or not. */
export function connectedRooms(pool: OpenPool): RunnerRoom[] {
  return [...pool.runners.values()].flatMap((runner) => (runner.socket === null ? [] : [runner.room]));
}

function lease(pool: OpenPool, { runId, runnerId, device }: Assignment, nowMs: number): boolean {
  const runner = pool.runners.get(runnerId);
  const waiting = pool.waiting.get(runId);
  const row = pool.tables.jobs.load(runId);
  if (runner === undefined || runner.socket === null || waiting === null || row === null) return false;
  pool.waiting.remove(runId);
  const leased = leasedJob(row, runner, device, nowMs);
  pool.tables.jobs.saveLease(runId, {
    attempt: leased.attempt,
    fence: leased.fence,
    runnerId,
    runnerName: leased.runner.name,
    device,
    deviceClass: leased.deviceClass,
    leasedAtMs: nowMs,
  });
  pool.leased.set(runId, leased);
  runner.leases.set(runId, leased);
  settleRoom(runner);
  changeCircuit(pool, leased.job.handler, (circuit) => circuitOnTry(circuit, nowMs));
  tellState(pool, runId, {
    state: "leased",
    attempt: leased.attempt,
    runner: leased.runner.name,
    failure: null,
    retry_at: null,
  });
  noteLease(pool, leased);
  pool.sockets.send(runner.socket, jobOfferOf(pool, row.job, leased, isoTime(nowMs + pool.leaseMs)));
  return true;
}

function leasedJob(row: JobRow, runner: PoolRunner, device: number | null, nowMs: number): LeasedJob {
  const { inputs: _inputs, ...job } = row.job;
  const { capabilities } = runner;
  return {
    job,
    needs: row.needs,
    attempt: row.attempt + 1,
    fence: row.fence + 1,
    hadUnknown: row.had_unknown,
    arrivedAtMs: row.arrived_at,
    runner: { id: runner.id, name: capabilities.name, device },
    deviceClass: capabilities.devices.find((one) => one.index === device)?.name ?? "cpu",
    leasedAtMs: nowMs,
    startedAtMs: null,
    // The bar never goes back, not for another attempt either.
    progress: row.progress,
    mirroredAtMs: 0,
    ending: null,
    refusal: null,
    retryAtMs: null,
    retries: 0,
  };
}
