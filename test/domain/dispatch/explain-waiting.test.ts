import { describe, expect, test } from "vitest";
import type { RunFailure } from "../../../src/contract/run/run-failure.ts";
import { waiting } from "../../../src/contract/run/waiting.ts";
import type { Capabilities } from "../../../src/contract/runner/capabilities.ts";
import type { JobNeeds } from "../../../src/contract/runner/job.ts";
import { explainWaiting, type WaitingCase } from "../../../src/domain/dispatch/explain-waiting.ts";
import { aDevice, aRunner, aWaitingJob, idleRoom, someNeeds } from "./a-pool.ts";

const failure: RunFailure = {
  class: "transient",
  code: "runner_lost",
  message: "gpu-1 went away",
  detail: null,
  attempt: 2,
  runner: "gpu-1",
  at: "2026-03-01T00:00:00.000Z",
};

const noon = Date.parse("2026-03-01T12:00:00Z");

function explain(given: Partial<WaitingCase> = {}) {
  const told = explainWaiting({
    job: aWaitingJob(),
    rooms: [idleRoom()],
    position: 1,
    failure: null,
    circuit: null,
    nowMs: noon,
    ...given,
  });
  return waiting.parse(told);
}

/** What no runner of these meets of the needs. */
function unmetOf(needs: Partial<JobNeeds>, ...runners: Partial<Capabilities>[]) {
  const rooms = runners.map((runner, at) => idleRoom(aRunner({ runner_id: `runner-${at}`, ...runner })));
  const told = explain({ job: aWaitingJob({ needs: someNeeds(needs) }), rooms });
  if (told.why !== "no_capable_runner") throw new Error(`it waits for another reason: ${told.why}`);
  return told.unmet;
}

describe("a job waits because", () => {
  test("no runner is connected, and is told how to start one", () => {
    const told = explain({ rooms: [] });
    expect(told).toMatchObject({ why: "no_capable_runner", runners: 0, unmet: [] });
    expect(told.message).toContain("callsheet-runner");
  });

  test("its last attempt failed and the next one has not begun", () => {
    const told = explain({ job: aWaitingJob({ notBeforeMs: noon + 1000 }), failure });
    expect(told).toMatchObject({ why: "backoff", until: "2026-03-01T12:00:01.000Z", failure });
    expect(told.message).toBe(
      "attempt 2 failed (runner_lost: gpu-1 went away); the next one begins after 2026-03-01T12:00:01.000Z",
    );
    expect(explain({ job: aWaitingJob({ notBeforeMs: noon }), failure }).why).toBe("busy");
  });

  test("its handler's circuit is open", () => {
    const told = explain({ circuit: { handler: "draw", untilMs: noon, failures: 5 } });
    expect(told).toMatchObject({
      why: "circuit_open",
      handler: "draw",
      until: "2026-03-01T12:00:00.000Z",
      failures: 5,
    });
  });

  test("the runners that could do it are busy", () => {
    const rooms = [idleRoom(), idleRoom(aRunner({ handlers: [] })), idleRoom(aRunner(), { isOpen: false })];
    const told = explain({ job: aWaitingJob({ needs: someNeeds({ handler: "draw" }) }), rooms, position: 7 });
    expect(told).toEqual({
      why: "busy",
      position: 7,
      capable_runners: 1,
      message: "1 runner could do it and has no room for it yet; place 7 in the queue",
    });
  });

  test("the runner that could do it takes no jobs", () => {
    const told = explain({ rooms: [idleRoom(aRunner({ name: "gpu-7" }), { isOpen: false })] });
    expect(told).toMatchObject({ why: "no_capable_runner", runners: 1, unmet: [] });
    expect(told.message).toContain("gpu-7 could do this job but takes no jobs");
  });

  test("others than the registry's jobs take the VRAM", () => {
    const told = explain({
      job: aWaitingJob({ needs: someNeeds({ gpu: true, vram_mb: 24_000 }) }),
      rooms: [idleRoom(aRunner(), { vramMbOther: [2000], vramMbFree: [22_576] })],
    });
    expect(told.message).toContain("others than the registry's jobs take too much VRAM of gpu-1");
  });
});

describe("what no runner meets is told with the nearest that there is:", () => {
  const hash = "a".repeat(64);

  test.each<[string, Partial<JobNeeds>, Partial<Capabilities>[], ReturnType<typeof unmetOf>]>([
    [
      "VRAM",
      { gpu: true, vram_mb: 40_000 },
      [{ devices: [aDevice({ vram_mb: 8000 })] }, {}, { devices: [] }],
      [{ requirement: "vram_mb", asked: "40000 MB of VRAM on one device", found: "24576 MB (RTX 4090)" }],
    ],
    [
      "compute capability",
      { gpu: true, vram_mb: 1, compute_capability: "12.0" },
      [{ devices: [aDevice({ compute_capability: "8.10", name: "new" })] }, {}],
      [{ requirement: "compute_capability", asked: "compute capability 12.0", found: "8.10 (new)" }],
    ],
    [
      "a GPU",
      { gpu: true, vram_mb: 1 },
      [{ devices: [] }],
      [
        { requirement: "gpu", asked: "a GPU", found: null },
        { requirement: "vram_mb", asked: "1 MB of VRAM on one device", found: null },
      ],
    ],
    [
      "a handler",
      { handler: "drew" },
      [{ handlers: ["speak", "draw"] }],
      [{ requirement: "handler", asked: "the handler drew", found: "draw" }],
    ],
    [
      "a handler that is like none",
      { handler: "transcribe" },
      [{ handlers: ["f", "e", "d", "c", "b", "a"] }],
      [{ requirement: "handler", asked: "the handler transcribe", found: "a, b, c, d, e and 1 more" }],
    ],
    [
      "a model",
      { models: [{ name: "sdxl", hash: null }] },
      [{ models: [] }],
      [{ requirement: "model", asked: "the model sdxl", found: null }],
    ],
    [
      "a model's hash",
      { models: [{ name: "sdxl", hash }] },
      [{ models: [{ name: "sdxl", hash: null }] }],
      [
        {
          requirement: "model",
          asked: `the model sdxl of SHA-256 ${hash}`,
          found: "sdxl whose SHA-256 its runner has not told",
        },
      ],
    ],
    [
      "a memory type",
      { memory_type: "jax" },
      [{ memory_types: ["torch", "numpy"] }],
      [{ requirement: "memory_type", asked: "arrays of jax", found: "numpy, torch" }],
    ],
    [
      "packages, by the names that they are imported and installed by",
      { packages: ["skimage", "scipyy", "torchvision"] },
      [{ packages: ["numpy", "scipy"] }],
      [
        { requirement: "package", asked: "the Python package skimage (installed as scikit-image)", found: null },
        { requirement: "package", asked: "the Python package scipyy", found: "scipy" },
        { requirement: "package", asked: "the Python package torchvision", found: null },
      ],
    ],
    [
      "a label",
      { labels: { zone: "eu" } },
      [{ labels: { zone: "us" } }, { labels: {} }],
      [{ requirement: "label", asked: "the label zone=eu", found: "zone=us" }],
    ],
    [
      "a sandbox",
      { sandbox: true },
      [{ sandbox: "none" }],
      [{ requirement: "sandbox", asked: "a sandbox for user code", found: null }],
    ],
    [
      "cores, memory and disk",
      { cpu_cores: 9, memory_mb: 40_000, disk_mb: 200_000 },
      [{}, { cpu_cores: 4 }],
      [
        { requirement: "cpu_cores", asked: "9 CPU cores", found: "8 CPU cores" },
        { requirement: "memory_mb", asked: "40000 MB of memory", found: "32768 MB of memory" },
        { requirement: "disk_mb", asked: "200000 MB of disk", found: "100000 MB of disk" },
      ],
    ],
    [
      "each by some runner, but not all together",
      { handler: "draw", labels: { zone: "eu" }, gpu: true, vram_mb: 1 },
      [
        { name: "a", devices: [], labels: { zone: "eu" }, handlers: [] },
        { name: "b", labels: { zone: "us" } },
      ],
      [
        {
          requirement: "together",
          asked: "the handler draw, a GPU, 1 MB of VRAM on one device, the label zone=eu, all of one runner",
          found: "b comes nearest and lacks the label zone=eu (it has zone=us)",
        },
      ],
    ],
  ])("%s", (_, needs, runners, expected) => {
    expect(unmetOf(needs, ...runners)).toEqual(expected);
  });

  test("both by devices of one runner, but not by the same device", () => {
    const devices = [aDevice({ compute_capability: "7.0" }), aDevice({ index: 1, vram_mb: 8000 })];
    const [unmet] = unmetOf({ gpu: true, vram_mb: 20_000, compute_capability: "8.0" }, { devices });
    expect(unmet?.requirement).toBe("together");
    expect(unmet?.found).toBe("gpu-1 has no single device with both the VRAM and the compute capability");
  });

  test("and the message says it in one sentence", () => {
    const job = aWaitingJob({ needs: someNeeds({ gpu: true, vram_mb: 40_000 }) });
    expect(explain({ job }).message).toBe(
      "the job asks for more than the one runner of the pool has: 40000 MB of VRAM on one device (nearest: 24576 MB (RTX 4090))",
    );
  });
});
