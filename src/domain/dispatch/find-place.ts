import type { JobNeeds } from "../../contract/runner/job.ts";
import { canEverDo } from "./can-ever-do.ts";
import { isNewEnough } from "./device-requirements.ts";
import type { RunnerRoom } from "./runner-room.ts";

/** Where on a runner a job goes: the index of its device; null for a job that uses none. */
export interface Place {
  device: number | null;
}

/** Where a job fits on a runner right now: on the device that it leaves the least VRAM of. Null: it does not fit. */
export function findPlace(needs: JobNeeds, room: RunnerRoom): Place | null {
  if (!hasRoom(needs, room) || !canEverDo(needs, room.capabilities)) return null;
  const position = findDevice(needs, room);
  if (position === null) return null;
  return { device: room.capabilities.devices[position]?.index ?? null };
}

/** Whether an open runner has a slot, cores, memory and disk for a job, whatever else the job needs. */
export function hasRoom(needs: JobNeeds, room: RunnerRoom): boolean {
  return (
    room.isOpen &&
    room.slotsFree > 0 &&
    needs.cpu_cores <= room.cpuCoresFree &&
    needs.memory_mb <= room.memoryMbFree &&
    // A job that asks for no disk fits on a runner that has less than none left.
    (needs.disk_mb === 0 || needs.disk_mb <= room.diskMbFree)
  );
}

/** The position of the device that a job goes to: -1 for a job that uses none, null when it fits on none. */
export function findDevice(needs: JobNeeds, room: RunnerRoom): number | null {
  if (!needs.gpu) return -1;
  let best: number | null = null;
  let bestFree = Number.POSITIVE_INFINITY;
  for (const [position, device] of room.capabilities.devices.entries()) {
    const free = room.vramMbFree[position] ?? 0;
    if (free < needs.vram_mb || free >= bestFree || !isNewEnough(needs, device)) continue;
    best = position;
    bestFree = free;
  }
  return best;
}
