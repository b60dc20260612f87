import type { Capabilities } from "../../../src/contract/runner/capabilities.ts";
import { type Assignment, matchJobs } from "../../../src/domain/dispatch/match-jobs.ts";
import type { RunnerRoom } from "../../../src/domain/dispatch/runner-room.ts";
import { type WaitingJob, WaitingJobs } from "../../../src/domain/dispatch/waiting-jobs.ts";
import { idleRoom } from "./a-pool.ts";

/** A job that a runner has. */
export interface Lease extends Assignment {
  job: WaitingJob;
}

/** A pool in its plainest form: rooms are counted anew from the leases each time. */
export class PoolModel {
  readonly waiting = new WaitingJobs();
  leases: Lease[] = [];
  readonly #runners: readonly Capabilities[];

  constructor(runners: readonly Capabilities[]) {
    this.#runners = runners;
  }

  rooms(): RunnerRoom[] {
    return this.#runners.map((runner) => {
      const held = this.leases
        .filter((lease) => lease.runnerId === runner.runner_id)
        .map(({ job, device }) => ({ ...job.needs, device }));
      const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
      return idleRoom(runner, {
        slotsFree: runner.slots - held.length,
        cpuCoresFree: runner.cpu_cores - sum(held.map((needs) => needs.cpu_cores)),
        memoryMbFree: runner.memory_mb - sum(held.map((needs) => needs.memory_mb)),
        diskMbFree: runner.disk_mb - sum(held.map((needs) => needs.disk_mb)),
        vramMbFree: runner.devices.map(
          ({ index, vram_mb: all }) =>
            all - sum(held.filter(({ device }) => device === index).map((needs) => needs.vram_mb)),
        ),
      });
    });
  }

  /** Matches, and leases what was matched. */
  match(nowMs: number, most = 1000): Lease[] {
    const assignments = matchJobs({ waiting: this.waiting, rooms: this.rooms(), mayStart: () => true, nowMs, most });
    const leases = assignments.map((assignment) => {
      const job = this.waiting.get(assignment.runId);
      if (job === null) throw new Error(`${assignment.runId} does not wait`);
      this.waiting.remove(assignment.runId);
      return { ...assignment, job };
    });
    this.leases.push(...leases);
    return leases;
  }

  finish(lease: Lease): void {
    this.leases = this.leases.filter((other) => other !== lease);
  }
}
