import type { JobNeeds } from "../../contract/runner/job.ts";
import type { RunnerRoom } from "./runner-room.ts";

/** A room that can be changed without changing the first. */
export function copyRoom(room: RunnerRoom): RunnerRoom {
  return { ...room, vramMbFree: [...room.vramMbFree] };
}

/** Takes what a job needs out of a room. `position`: of its device in `capabilities.devices`; -1 for a job that uses none. */
export function takePlace(room: RunnerRoom, needs: JobNeeds, position: number): void {
  room.slotsFree -= 1;
  room.cpuCoresFree -= needs.cpu_cores;
  room.memoryMbFree -= needs.memory_mb;
  room.diskMbFree -= needs.disk_mb;
  takeVram(room, needs, position);
}

/** Takes a job's VRAM only. */
export function takeVram(room: RunnerRoom, needs: JobNeeds, position: number): void {
  if (needs.gpu) room.vramMbFree[position] = (room.vramMbFree[position] ?? 0) - needs.vram_mb;
}
