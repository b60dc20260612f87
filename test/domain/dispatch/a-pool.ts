import type { Capabilities, Device } from "../../../src/contract/runner/capabilities.ts";
import type { JobNeeds } from "../../../src/contract/runner/job.ts";
import { type Assignment, matchJobs } from "../../../src/domain/dispatch/match-jobs.ts";
import type { RunnerRoom } from "../../../src/domain/dispatch/runner-room.ts";
import { type WaitingJob, WaitingJobs } from "../../../src/domain/dispatch/waiting-jobs.ts";

/** A GPU of 24 GB. */
export function aDevice(given: Partial<Device> = {}): Device {
  return { index: 0, name: "RTX 4090", kind: "cuda", vram_mb: 24_576, compute_capability: "8.9", ...given };
}

/** A runner with one GPU, two slots and the handler `draw`. */
export function aRunner(given: Partial<Capabilities> = {}): Capabilities {
  return {
    runner_id: "00000000-0000-4000-8000-000000000001",
    name: "gpu-1",
    version: "1.0.0",
    pool: "default",
    labels: {},
    slots: 2,
    cpu_cores: 8,
    memory_mb: 32_768,
    disk_mb: 100_000,
    devices: [aDevice()],
    memory_types: ["numpy", "torch"],
    packages: [],
    models: [],
    handlers: ["draw"],
    sandbox: "bubblewrap",
    ...given,
  };
}

/** The room of an open runner that has nothing to do. */
export function idleRoom(capabilities: Capabilities = aRunner(), given: Partial<RunnerRoom> = {}): RunnerRoom {
  return {
    runnerId: capabilities.runner_id,
    name: capabilities.name,
    capabilities,
    isOpen: true,
    slotsFree: capabilities.slots,
    cpuCoresFree: capabilities.cpu_cores,
    memoryMbFree: capabilities.memory_mb,
    diskMbFree: capabilities.disk_mb,
    vramMbFree: capabilities.devices.map((device) => device.vram_mb),
    vramMbOther: capabilities.devices.map(() => 0),
    warm: new Set(),
    ...given,
  };
}

/** Needs that any runner meets. */
export function someNeeds(given: Partial<JobNeeds> = {}): JobNeeds {
  return {
    gpu: false,
    vram_mb: 0,
    cpu_cores: 1,
    memory_mb: 1,
    disk_mb: 0,
    compute_capability: null,
    memory_type: null,
    packages: [],
    models: [],
    handler: null,
    labels: {},
    sandbox: false,
    ...given,
  };
}

/** A job that arrived at 0 and needs little. */
export function aWaitingJob(given: Partial<WaitingJob> = {}): WaitingJob {
  return {
    runId: "run-1",
    needs: someNeeds(),
    priority: 5,
    arrivedAtMs: 0,
    notBeforeMs: 0,
    warmKeys: [],
    handler: null,
    ...given,
  };
}

/** Jobs as a pool holds them. */
export function waitingJobs(...jobs: WaitingJob[]): WaitingJobs {
  const waiting = new WaitingJobs();
  for (const job of jobs) waiting.add(job);
  return waiting;
}

/** One match in which every handler may start. */
export function match(
  waiting: WaitingJobs,
  rooms: RunnerRoom[],
  given: Partial<Parameters<typeof matchJobs>[0]> = {},
): Assignment[] {
  return matchJobs({ waiting, rooms, mayStart: () => true, nowMs: 0, most: 1000, ...given });
}
