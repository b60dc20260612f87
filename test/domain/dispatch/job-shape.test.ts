import { expect, test } from "vitest";
import type { JobNeeds } from "../../../src/contract/runner/job.ts";
import { shapeKey } from "../../../src/domain/dispatch/job-shape.ts";
import { aWaitingJob, someNeeds } from "./a-pool.ts";

const shapeOf = (needs: Partial<JobNeeds>) => shapeKey(aWaitingJob({ needs: someNeeds(needs), handler: null }));

/** One other value for each need: a need that is forgotten here does not compile. */
const others: { [Need in keyof JobNeeds]: JobNeeds[Need] } = {
  gpu: true,
  vram_mb: 5,
  cpu_cores: 2,
  memory_mb: 5,
  disk_mb: 5,
  compute_capability: "8.9",
  memory_type: "jax",
  packages: ["scipy"],
  models: [{ name: "sdxl", hash: null }],
  handler: "draw",
  labels: { zone: "eu" },
  sandbox: true,
};

test.each(Object.keys(others))("jobs that differ in %s are of two shapes", (need) => {
  const changed = Object.fromEntries(Object.entries(others).filter(([key]) => key === need));
  expect(shapeOf(changed)).not.toBe(shapeOf({}));
});

test("jobs that need the same are of one shape, in whatever order they say it", () => {
  expect(shapeOf({ packages: ["skimage", "scipy"] })).toBe(shapeOf({ packages: ["scipy", "skimage"] }));
});
