import { describe, expect, test } from "vitest";
import type { Capabilities } from "../../../src/contract/runner/capabilities.ts";
import type { JobNeeds } from "../../../src/contract/runner/job.ts";
import { canEverDo } from "../../../src/domain/dispatch/can-ever-do.ts";
import { findPlace } from "../../../src/domain/dispatch/find-place.ts";
import { aDevice, aRunner, idleRoom, someNeeds } from "./a-pool.ts";

const hash = "a".repeat(64);
const otherHash = "b".repeat(64);

interface Row {
  of: string;
  needs: Partial<JobNeeds>;
  meets: Partial<Capabilities>;
  lacks: Partial<Capabilities>;
}

const rows: Row[] = [
  {
    of: "every package that is imported",
    needs: { packages: ["scipy", "skimage"] },
    meets: { packages: ["numpy", "scipy", "skimage"] },
    lacks: { packages: ["scikit-image", "scipy"] },
  },
  { of: "a GPU", needs: { gpu: true, vram_mb: 1 }, meets: {}, lacks: { devices: [] } },
  {
    of: "VRAM, to the last MB",
    needs: { gpu: true, vram_mb: 24_576 },
    meets: {},
    lacks: { devices: [aDevice({ vram_mb: 24_575 })] },
  },
  {
    of: "VRAM on one device",
    needs: { gpu: true, vram_mb: 20_000 },
    meets: { devices: [aDevice({ vram_mb: 8000 }), aDevice({ index: 1, vram_mb: 20_000 })] },
    lacks: { devices: [aDevice({ vram_mb: 16_000 }), aDevice({ index: 1, vram_mb: 16_000 })] },
  },
  {
    of: "compute capability as numbers",
    needs: { gpu: true, vram_mb: 1, compute_capability: "8.10" },
    meets: { devices: [aDevice({ compute_capability: "8.10" })] },
    lacks: { devices: [aDevice({ compute_capability: "8.9" })] },
  },
  {
    of: "compute capability, the major before the minor",
    needs: { gpu: true, vram_mb: 1, compute_capability: "8.6" },
    meets: { devices: [aDevice({ compute_capability: "10.0" })] },
    lacks: { devices: [aDevice({ compute_capability: "7.9" })] },
  },
  {
    of: "compute capability that the device tells",
    needs: { gpu: true, vram_mb: 1, compute_capability: "1.0" },
    meets: {},
    lacks: { devices: [aDevice({ compute_capability: null })] },
  },
  {
    of: "VRAM and compute capability on the same device",
    needs: { gpu: true, vram_mb: 20_000, compute_capability: "8.0" },
    meets: { devices: [aDevice({ compute_capability: "7.0" }), aDevice({ index: 1 })] },
    lacks: { devices: [aDevice({ compute_capability: "7.0" }), aDevice({ index: 1, vram_mb: 8000 })] },
  },
  {
    of: "a memory type",
    needs: { memory_type: "cupy" },
    meets: { memory_types: ["numpy", "cupy"] },
    lacks: { memory_types: ["numpy", "torch"] },
  },
  {
    of: "a model by name",
    needs: { models: [{ name: "sdxl", hash: null }] },
    meets: { models: [{ name: "sdxl", hash: null }] },
    lacks: { models: [{ name: "sd15", hash: null }] },
  },
  {
    of: "a model by hash",
    needs: { models: [{ name: "sdxl", hash }] },
    meets: { models: [{ name: "sdxl", hash: hash.toUpperCase() }] },
    lacks: { models: [{ name: "sdxl", hash: otherHash }] },
  },
  {
    of: "a model whose hash the runner has told",
    needs: { models: [{ name: "sdxl", hash }] },
    meets: { models: [{ name: "sdxl", hash }] },
    lacks: { models: [{ name: "sdxl", hash: null }] },
  },
  {
    of: "every model",
    needs: {
      models: [
        { name: "sdxl", hash: null },
        { name: "vae", hash: null },
      ],
    },
    meets: {
      models: [
        { name: "vae", hash: null },
        { name: "sdxl", hash: null },
      ],
    },
    lacks: { models: [{ name: "sdxl", hash: null }] },
  },
  { of: "a handler", needs: { handler: "draw" }, meets: {}, lacks: { handlers: ["speak"] } },
  {
    of: "every label",
    needs: { labels: { zone: "eu", disk: "fast" } },
    meets: { labels: { zone: "eu", disk: "fast", other: "x" } },
    lacks: { labels: { zone: "eu", disk: "slow" } },
  },
  {
    of: "a label, not what an object inherits",
    needs: { labels: { constructor: "" } },
    meets: { labels: { constructor: "" } },
    lacks: {},
  },
  { of: "a sandbox for user code", needs: { sandbox: true }, meets: {}, lacks: { sandbox: "none" } },
  {
    of: "a sandbox, unless the operator goes without",
    needs: { sandbox: true },
    meets: { sandbox: "unsandboxed" },
    lacks: { sandbox: "none" },
  },
  { of: "cores", needs: { cpu_cores: 8 }, meets: {}, lacks: { cpu_cores: 7 } },
  { of: "memory", needs: { memory_mb: 32_768 }, meets: {}, lacks: { memory_mb: 32_767 } },
  { of: "disk", needs: { disk_mb: 100_000 }, meets: {}, lacks: { disk_mb: 99_999 } },
];

describe("a job goes only to a runner that meets its need", () => {
  test.each(rows)("of $of", ({ needs, meets, lacks }) => {
    const asked = someNeeds(needs);
    expect(canEverDo(asked, aRunner(meets))).toBe(true);
    expect(findPlace(asked, idleRoom(aRunner(meets)))).not.toBeNull();
    expect(canEverDo(asked, aRunner(lacks))).toBe(false);
    expect(findPlace(asked, idleRoom(aRunner(lacks)))).toBeNull();
  });
});

describe("a runner that is not asked for something", () => {
  test("may have no GPU, no models, no handlers and no sandbox", () => {
    expect(canEverDo(someNeeds(), aRunner({ devices: [], models: [], handlers: [], sandbox: "none" }))).toBe(true);
  });

  test("is not judged by its devices when the job uses none", () => {
    expect(canEverDo(someNeeds({ vram_mb: 0, compute_capability: "99.0" }), aRunner({ devices: [] }))).toBe(true);
  });
});
