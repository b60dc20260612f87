import type { FunctionRuntime } from "../contract/function/runtime.ts";
import type { Resources } from "../contract/template/requirements.ts";

/** What a run of a function needs when its source says nothing. */
export const runtimeResources: Readonly<Record<FunctionRuntime, Resources>> = {
  numpy: { gpu: false, cpu_cores: 1, memory_gb: 2 },
  cupy: { gpu: true, vram_gb: 2, cpu_cores: 1, memory_gb: 4 },
  torch: { gpu: false, cpu_cores: 1, memory_gb: 4 },
  tensorflow: { gpu: false, cpu_cores: 1, memory_gb: 4 },
  jax: { gpu: false, cpu_cores: 1, memory_gb: 4 },
  pyclesperanto: { gpu: true, vram_gb: 2, cpu_cores: 1, memory_gb: 4 },
  python: { gpu: false, cpu_cores: 1, memory_gb: 2 },
  javascript: { gpu: false, cpu_cores: 1, memory_gb: 0.125 },
};
