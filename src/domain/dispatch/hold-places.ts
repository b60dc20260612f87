import type { JobNeeds } from "../../contract/runner/job.ts";
import { deviceSuits } from "./device-requirements.ts";
import { compareText } from "./job-order.ts";
import type { RunnerRoom } from "./runner-room.ts";
import { takePlace, takeVram } from "./take-place.ts";
import type { WaitingJob } from "./waiting-jobs.ts";

interface PossiblePlace {
  room: RunnerRoom;
  /** Of the device; -1 for a job that uses none. */
  position: number;
  missing: number;
}

/** A job that has waited for so long past being ready, and fits nowhere, has a place held for it. */
export const holdAfterMs = 30_000;
/** And one more place each time that it has waited for so long. */
export const holdMoreMs = 5 * 60_000;

/**
 * How many places are held for the best-ranked job among those that fit nowhere now, of the runners that it could use if they were idle. A
 * place: a device of a runner, or the runner for a job that uses none. Goes by the clock alone, so it outlives a restart.
 *
 * Why no job starves that some open runner could do: in the end all its places are held. Then no job that goes after it gets anything
 * that it needs, so it goes when one runner has finished what it had. Only better-ranked jobs may go before, and what arrives 9 minutes
 * later than it is none. Until then smaller jobs fill what would lie idle.
 */
export function placesToHold(job: WaitingJob, nowMs: number): number {
  const waitedMs = nowMs - Math.max(job.arrivedAtMs, job.notBeforeMs);
  return waitedMs < holdAfterMs ? 0 : 1 + Math.floor(waitedMs / holdMoreMs);
}

/**
 * Keeps places for a job that fits nowhere now: what it needs is taken out of the rooms as if it were there, so that later jobs get only
 * what it does not need. Takes the `count` places that miss least.
 */
export function holdPlaces(needs: JobNeeds, rooms: readonly RunnerRoom[], count: number): void {
  if (count === 0) return;
  const places = rooms.flatMap((room) => placesOf(needs, room));
  places.sort(
    (a, b) => a.missing - b.missing || compareText(a.room.runnerId, b.room.runnerId) || a.position - b.position,
  );
  const held = new Set<RunnerRoom>();
  for (const { room, position } of places.slice(0, count)) {
    if (held.has(room)) takeVram(room, needs, position);
    else takePlace(room, needs, position);
    held.add(room);
  }
}

/** The positions of devices that could take a job if they were idle; [-1] for a job that uses none. Empty: the runner cannot. */
export function devicesWhenIdle(needs: JobNeeds, room: RunnerRoom): number[] {
  if (!needs.gpu) return [-1];
  return [...room.capabilities.devices.entries()].flatMap(([position, device]) =>
    deviceSuits(needs, device, device.vram_mb - (room.vramMbOther[position] ?? 0)) ? [position] : [],
  );
}

function placesOf(needs: JobNeeds, room: RunnerRoom): PossiblePlace[] {
  const missing =
    shareMissing(1, room.slotsFree) +
    shareMissing(needs.cpu_cores, room.cpuCoresFree) +
    shareMissing(needs.memory_mb, room.memoryMbFree) +
    shareMissing(needs.disk_mb, room.diskMbFree);
  return devicesWhenIdle(needs, room).map((position) => ({
    room,
    position,
    missing: missing + (position < 0 ? 0 : shareMissing(needs.vram_mb, room.vramMbFree[position] ?? 0)),
  }));
}

/** What share of the asked amount is missing. */
function shareMissing(asked: number, free: number): number {
  return asked <= free || asked === 0 ? 0 : (asked - free) / asked;
}
