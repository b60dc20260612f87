import { findDevice, hasRoom } from "./find-place.ts";
import { compareText } from "./job-order.ts";
import type { RunnerRoom } from "./runner-room.ts";
import type { WaitingJob } from "./waiting-jobs.ts";

/** A runner that a job fits on now. */
export interface Choice {
  room: RunnerRoom;
  /** Of the device in `capabilities.devices`; -1 for a job that uses none. */
  position: number;
  /** How many of the job's warm keys the runner has. */
  warmth: number;
  /** VRAM left over on the device. For a job that uses none: whether the runner has devices, which others may need. */
  waste: number;
  slotsTaken: number;
}

/**
 * The runner that a job goes to: warm ones first, then the least waste, then the least busy, then by id. Null: it fits nowhere. `able`: the
 * positions of the rooms whose runners can ever do it.
 */
export function chooseRunner(job: WaitingJob, rooms: readonly RunnerRoom[], able: readonly number[]): Choice | null {
  let best: Choice | null = null;
  for (const at of able) {
    const room = rooms[at];
    if (room === undefined || !hasRoom(job.needs, room)) continue;
    const position = findDevice(job.needs, room);
    if (position === null) continue;
    const choice = {
      room,
      position,
      warmth: warmthOf(job.warmKeys, room.warm),
      waste: job.needs.gpu ? (room.vramMbFree[position] ?? 0) - job.needs.vram_mb : Number(room.vramMbFree.length > 0),
      slotsTaken: room.capabilities.slots - room.slotsFree,
    };
    if (best === null || compareChoices(choice, best) < 0) best = choice;
  }
  return best;
}

function compareChoices(a: Choice, b: Choice): number {
  return (
    b.warmth - a.warmth ||
    a.waste - b.waste ||
    a.slotsTaken - b.slotsTaken ||
    compareText(a.room.runnerId, b.room.runnerId)
  );
}

function warmthOf(keys: readonly string[], warm: ReadonlySet<string>): number {
  let count = 0;
  for (const key of keys) if (warm.has(key)) count += 1;
  return count;
}
