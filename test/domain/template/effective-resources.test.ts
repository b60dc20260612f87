import { expect, test } from "vitest";
import { requirements } from "../../../src/contract/template/requirements.ts";
import { effectiveResources } from "../../../src/domain/template/effective-resources.ts";

const parsed = requirements.parse({
  resources: { gpu: true, vram_gb: 8, cpu_cores: 3, memory_gb: 16, disk_gb: 20, estimated_time_seconds: 10 },
  quality_presets: {
    standard: { steps: 30 },
    draft: { steps: 15, resource_multiplier: 0.5, time_multiplier: 0.3 },
    ultra: { steps: 80, extra_vram_gb: 4, resource_multiplier: 1.5, time_multiplier: 3, sampler: { name: "x" } },
    noisy: { resource_multiplier: 1.1, extra_vram_gb: 0.2 },
  },
});

test("resources that say nothing are 1 core, 2 GB, no GPU", () => {
  const template = { requirements: requirements.parse({ resources: {} }) };
  const resources = { gpu: false, cpu_cores: 1, memory_gb: 2 };
  expect(effectiveResources(template, {})).toEqual({ resources, quality: null, parameters: {} });
});

test.each([
  [{}],
  [{ quality: "unknown" }],
  [{ quality: 3 }],
  [{ quality: null }],
  [{ quality: "constructor" }],
  [{ speed: "ultra" }],
])("the inputs %j choose no preset and leave the base as it is", (inputs) => {
  expect(effectiveResources({ requirements: parsed }, inputs)).toEqual({
    resources: parsed.resources,
    quality: null,
    parameters: {},
  });
});

test("a preset multiplies first and adds vram after, rounds cores up, scales the time, and leaves disk alone", () => {
  expect(effectiveResources({ requirements: parsed }, { quality: "ultra" })).toEqual({
    resources: { gpu: true, vram_gb: 16, cpu_cores: 5, memory_gb: 24, disk_gb: 20, estimated_time_seconds: 30 },
    quality: "ultra",
    parameters: { steps: 80, sampler: { name: "x" } },
  });
});

test("a preset may need less", () => {
  expect(effectiveResources({ requirements: parsed }, { quality: "draft" }).resources).toEqual({
    gpu: true,
    vram_gb: 4,
    cpu_cores: 2,
    memory_gb: 8,
    disk_gb: 20,
    estimated_time_seconds: 3,
  });
});

test("binary noise neither shows nor rounds cores up", () => {
  expect(effectiveResources({ requirements: parsed }, { quality: "noisy" }).resources).toMatchObject({
    vram_gb: 9,
    memory_gb: 17.6,
  });
  const ten = requirements.parse({
    resources: { cpu_cores: 10 },
    quality_presets: { more: { resource_multiplier: 1.1 } },
  });
  expect(effectiveResources({ requirements: ten }, { quality: "more" }).resources.cpu_cores).toBe(11);
});

test("parameters are copies, and the template is not changed", () => {
  const before = JSON.stringify(parsed);
  const { parameters } = effectiveResources({ requirements: parsed }, { quality: "ultra" });
  Object.assign(parameters.sampler ?? {}, { name: "changed" });
  expect(JSON.stringify(parsed)).toBe(before);
});

test("extra vram is what a preset asks for even where the template asks for none", () => {
  const none = requirements.parse({ resources: {}, quality_presets: { big: { extra_vram_gb: 6 } } });
  expect(effectiveResources({ requirements: none }, { quality: "big" }).resources.vram_gb).toBe(6);
});
