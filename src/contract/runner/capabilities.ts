import { z } from "zod";
import { limits } from "../limits.ts";
import { labels, poolName } from "../run/run-request.ts";

/** Array types that a function may ask its runner for; `python` is none. */
export const memoryType = z.enum(["numpy", "cupy", "torch", "tensorflow", "jax", "pyclesperanto", "python"]);
export type MemoryType = z.infer<typeof memoryType>;

/** One accelerator. */
export const device = z
  .object({
    index: z.int().nonnegative(),
    name: z.string().max(200),
    kind: z.enum(["cuda", "rocm", "metal", "other"]),
    vram_mb: z.int().nonnegative(),
    /** `MAJOR.MINOR`; null where the device has none. */
    compute_capability: z
      .string()
      .regex(/^\d{1,3}\.\d{1,3}$/, "a compute capability is MAJOR.MINOR, like 8.6")
      .nullable(),
  })
  .meta({ id: "Device", description: "One accelerator of a runner." });
export type Device = z.infer<typeof device>;

/** Model weights that lie on a runner's disk. `hash`: SHA-256 in hex, when the runner has computed it. */
export const presentModel = z.object({ name: z.string().min(1).max(200), hash: z.string().nullable() });
export type PresentModel = z.infer<typeof presentModel>;

/** What a runner is and can do. */
export const capabilities = z
  .object({
    /** Kept by the runner over restarts. */
    runner_id: z.uuid(),
    name: z.string().min(1).max(100),
    /** Of callsheet-runner. */
    version: z.string().max(50),
    pool: poolName,
    labels,
    /** Jobs at once, whatever their size. */
    slots: z.int().min(1).max(256),
    cpu_cores: z.int().min(1),
    memory_mb: z.int().min(1),
    disk_mb: z.int().nonnegative(),
    devices: z.array(device).max(limits.devices),
    memory_types: z.array(memoryType).max(16),
    /** Top-level modules that are installed beside Python's own; absent from runners of before there were functions. */
    packages: z.array(z.string().max(200)).max(limits.packagesPerRunner).default([]),
    models: z.array(presentModel).max(limits.modelsPerRunner),
    handlers: z.array(z.string().min(1).max(128)).max(limits.handlersPerRunner),
    /** `none`: user code is refused. `unsandboxed`: its operator said --allow-unsandboxed. */
    sandbox: z.enum(["bubblewrap", "unsandboxed", "none"]),
  })
  .meta({ id: "RunnerCapabilities", description: "What a runner is and can do." });
export type Capabilities = z.infer<typeof capabilities>;
