import { describe, expect, test } from "vitest";
import { jobNeeds } from "../../../src/contract/runner/job.ts";
import { type Resources, resources } from "../../../src/contract/template/requirements.ts";
import { clashingLabels, jobNeedsOf } from "../../../src/domain/run/job-needs.ts";

type Given = Parameters<typeof jobNeedsOf>[0];

function needsOf(asked: Partial<Resources>, given: Partial<Given> = {}) {
  const wanted = resources.parse(asked);
  const needs = jobNeedsOf({
    template: { requirements: { resources: wanted } },
    resources: wanted,
    runnerLabels: {},
    handler: "draw",
    memoryType: null,
    isUserCode: false,
    packages: [],
    ...given,
  });
  return jobNeeds.parse(needs);
}

describe("what a job needs", () => {
  test("is 1 core, 2 GB and no GPU when its template asks for nothing", () => {
    expect(needsOf({})).toEqual({
      gpu: false,
      vram_mb: 0,
      cpu_cores: 1,
      memory_mb: 2048,
      disk_mb: 0,
      compute_capability: null,
      memory_type: null,
      packages: [],
      models: [],
      handler: "draw",
      labels: {},
      sandbox: false,
    });
  });

  test.each([
    [0.7, 717],
    [8.3, 8500],
    [24, 24_576],
    [0.1 + 0.2, 308],
    [5.5, 5632],
    [0.0001, 1],
    [0.5000000000000001, 512],
  ])("%d GB is %d MB: rounded up, but not by noise", (gb, mb) => {
    expect(needsOf({ gpu: true, vram_gb: gb }).vram_mb).toBe(mb);
    expect(needsOf({ memory_gb: gb }).memory_mb).toBe(mb);
    expect(needsOf({ disk_gb: gb }).disk_mb).toBe(mb);
  });

  test("without a GPU is no VRAM and no compute capability", () => {
    expect(needsOf({ vram_gb: 8, compute_capability: "8.6" })).toMatchObject({ vram_mb: 0, compute_capability: null });
  });

  test("is every model of the template, by hash where it gives one", () => {
    const template = {
      requirements: { resources: resources.parse({}), models: [{ name: "a", hash: "A".repeat(64) }, { name: "b" }] },
    };
    expect(needsOf({}, { template }).models).toEqual([
      { name: "a", hash: "a".repeat(64) },
      { name: "b", hash: null },
    ]);
  });

  test("is the template's labels and the request's; where they clash the template's hold", () => {
    const template = {
      requirements: { resources: resources.parse({}) },
      execution: { runtime: "runner" as const, runner_labels: { zone: "eu", disk: "fast" } },
    };
    expect(needsOf({}, { template, runnerLabels: { zone: "us", team: "x" } }).labels).toEqual({
      zone: "eu",
      disk: "fast",
      team: "x",
    });
    expect(clashingLabels(template.execution.runner_labels, { zone: "us", disk: "fast", team: "x" })).toEqual(["zone"]);
    expect(clashingLabels({}, { zone: "us" })).toEqual([]);
  });

  test("is a sandbox for user code", () => {
    const needs = needsOf({}, { isUserCode: true, handler: null, memoryType: "torch" });
    expect(needs).toMatchObject({ sandbox: true, handler: null, memory_type: "torch" });
  });
});
