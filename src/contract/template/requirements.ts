import { z } from "zod";
import { limits } from "../limits.ts";

/** What one run needs. Sizes in GB (10^9 bytes is not meant: 1 GB = 1024 MB, as runners report). */
export const resources = z.strictObject({
  gpu: z.boolean().default(false),
  vram_gb: z.number().nonnegative().optional(),
  cpu_cores: z.int().min(1).default(1),
  memory_gb: z.number().positive().default(2),
  disk_gb: z.number().nonnegative().optional(),
  /** Of the device, at least; compared as numbers. */
  compute_capability: z
    .string()
    .regex(/^\d{1,3}\.\d{1,3}$/, 'a compute capability is MAJOR.MINOR in quotes, like "8.6"')
    .optional(),
  estimated_time_seconds: z.number().nonnegative().optional(),
});
export type Resources = z.infer<typeof resources>;

export const model = z.strictObject({
  name: z.string().min(1).max(200),
  type: z.string().min(1).max(50).optional(),
  size_gb: z.number().nonnegative().optional(),
  /** Where the weights come from: a URL or a hub's identifier. */
  source: z.string().min(1).max(2000).optional(),
  hash: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, "a model hash is 64 hex digits, the SHA-256 of the file")
    .optional(),
});
export type Model = z.infer<typeof model>;

/** The three keys that change what a run needs; every other key of a preset reaches the handler as a parameter. */
export const qualityPreset = z.looseObject({
  extra_vram_gb: z.number().nonnegative().optional(),
  /** Multiplies vram_gb, memory_gb and cpu_cores (rounded up) before extra_vram_gb is added. */
  resource_multiplier: z.number().positive().max(100).optional(),
  /** Multiplies estimated_time_seconds. */
  time_multiplier: z.number().positive().max(1000).optional(),
});
export type QualityPreset = z.infer<typeof qualityPreset>;

export const presetName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, "a preset name is 1 to 64 letters, digits, _ . -");

export const requirements = z.strictObject({
  resources,
  models: z.array(model).max(limits.models).optional(),
  quality_presets: z.record(presetName, qualityPreset).optional(),
});
export type Requirements = z.infer<typeof requirements>;
