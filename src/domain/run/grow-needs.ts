import type { RunFailureCode } from "../../contract/run/run-failure.ts";
import type { Device } from "../../contract/runner/capabilities.ts";
import type { JobNeeds } from "../../contract/runner/job.ts";

/** What a job asks for after an attempt for which it was too little: a device with more VRAM than the one that failed, or twice the memory. */
export function growNeeds(needs: JobNeeds, code: RunFailureCode, device: Device | null): JobNeeds {
  if (code === "out_of_memory") return { ...needs, memory_mb: needs.memory_mb * 2 };
  if (code !== "out_of_vram" || !needs.gpu) return needs;
  return { ...needs, vram_mb: Math.max(Math.ceil(needs.vram_mb * 1.5), (device?.vram_mb ?? 0) + 1) };
}
