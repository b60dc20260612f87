// One match of a pool: 10,000 waiting jobs of several shapes, 100 runners. Argument: how often each is measured.
import type { Capabilities } from "../../src/contract/runner/capabilities.ts";
import { findPlace } from "../../src/domain/dispatch/find-place.ts";
import { compareRank } from "../../src/domain/dispatch/job-order.ts";
import { matchJobs } from "../../src/domain/dispatch/match-jobs.ts";
import type { RunnerRoom } from "../../src/domain/dispatch/runner-room.ts";
import { type WaitingJob, WaitingJobs } from "../../src/domain/dispatch/waiting-jobs.ts";
import { median } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";

const times = Number(process.argv[2]);
const jobCount = 10_000;
const runnerCount = 100;
const nowMs = 3_600_000;

const rows: Table["rows"] = [];
for (const shapes of [1, 20, 200]) {
  measure(shapes, Math.ceil(times / 5)); // compiled
  rows.push(measure(shapes, times));
}
const table: Table = {
  title: `Matching ${jobCount} waiting jobs with ${runnerCount} runners, in µs`,
  rows,
  notes: [
    "one: a match that gives out one job, all runners idle; each of 200: a match that gives out 200 jobs, per job",
    "none: every runner has a slot, but nobody has the memory for any job, so every shape is looked at; full: no runner has a slot",
    "add: one job added and removed again; floor: the least rank found by one pass over a plain array, then one pass over the runners",
  ],
};
console.log(JSON.stringify(table));

function measure(shapes: number, runs: number): Table["rows"][number] {
  const jobs = Array.from({ length: jobCount }, (_, at) => jobOf(at, shapes));
  const waiting = new WaitingJobs();
  for (const job of jobs) waiting.add(job);
  const runners = Array.from({ length: runnerCount }, (_, at) => runnerOf(at));
  const idle = runners.map((runner) => roomOf(runner));
  const short = runners.map((runner) => ({ ...roomOf(runner), memoryMbFree: 1 }));
  const full = runners.map((runner) => ({ ...roomOf(runner), slotsFree: 0 }));
  const match = (rooms: RunnerRoom[], most: number) => {
    const found = matchJobs({ waiting, rooms, mayStart: () => true, nowMs, most }).length;
    const expected = rooms === idle ? most : 0;
    if (found !== expected) throw new Error(`${found} of ${expected} jobs were given out`);
  };
  const late = { ...jobOf(jobCount, shapes), arrivedAtMs: nowMs };
  return {
    shapes,
    one: timed(runs, () => match(idle, 1)),
    "each of 200": timed(runs, () => match(idle, 200)) / 200,
    none: timed(runs, () => match(short, 200)),
    full: timed(runs, () => match(full, 200)),
    add: timed(runs, () => {
      waiting.add(late);
      waiting.remove(late.runId);
    }),
    floor: timed(runs, () => plainScan(jobs, idle)),
  };
}

/** What a pool without any structure would do at the very least. */
function plainScan(jobs: readonly WaitingJob[], rooms: readonly RunnerRoom[]): void {
  let best: WaitingJob | undefined;
  for (const job of jobs) if (best === undefined || compareRank(job, best) < 0) best = job;
  let places = 0;
  for (const room of rooms) if (best !== undefined && findPlace(best.needs, room) !== null) places += 1;
  if (places !== rooms.length) throw new Error(`${places} of ${rooms.length} runners fit`);
}

/** Median of the runs, in µs. */
function timed(runs: number, act: () => void): number {
  const took: number[] = [];
  for (let run = 0; run < runs; run++) {
    const startedAt = performance.now();
    act();
    took.push((performance.now() - startedAt) * 1000);
  }
  return median(took);
}

function jobOf(at: number, shapes: number): WaitingJob {
  return {
    runId: `01900000-0000-7000-8000-${String(at).padStart(12, "0")}`,
    needs: {
      gpu: true,
      vram_mb: 4000 + (at % shapes),
      cpu_cores: 1,
      memory_mb: 2048,
      disk_mb: 0,
      compute_capability: "8.0",
      memory_type: null,
      packages: [],
      models: [{ name: "sdxl-base-1.0", hash: null }],
      handler: "image_generation",
      labels: {},
      sandbox: false,
    },
    priority: 1 + (at % 10),
    arrivedAtMs: (at * 7919) % nowMs,
    notBeforeMs: 0,
    warmKeys: ["sdxl-base-1.0"],
    handler: "image_generation",
  };
}

function runnerOf(at: number): Capabilities {
  const models = Array.from({ length: 20 }, (_, nth) => ({ name: `model-${nth}`, hash: null }));
  return {
    runner_id: `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`,
    name: `gpu-${at}`,
    version: "1.0.0",
    pool: "default",
    labels: {},
    slots: 4,
    cpu_cores: 32,
    memory_mb: 131_072,
    disk_mb: 1_000_000,
    devices: [0, 1].map((index) => ({
      index,
      name: "RTX 4090",
      kind: "cuda",
      vram_mb: 24_576,
      compute_capability: "8.9",
    })),
    memory_types: ["numpy", "torch"],
    packages: [],
    models: [...models, { name: "sdxl-base-1.0", hash: null }],
    handlers: ["image_resize", "image_generation"],
    sandbox: "bubblewrap",
  };
}

function roomOf(runner: Capabilities): RunnerRoom {
  return {
    runnerId: runner.runner_id,
    name: runner.name,
    capabilities: runner,
    isOpen: true,
    slotsFree: runner.slots,
    cpuCoresFree: runner.cpu_cores,
    memoryMbFree: runner.memory_mb,
    diskMbFree: runner.disk_mb,
    vramMbFree: runner.devices.map((device) => device.vram_mb),
    vramMbOther: runner.devices.map(() => 0),
    warm: new Set(runner.name.endsWith("7") ? ["sdxl-base-1.0"] : []),
  };
}
