import { chooseRunner } from "./choose-runner.ts";
import type { MayTry } from "./circuit-breaker.ts";
import { devicesWhenIdle, holdPlaces, placesToHold } from "./hold-places.ts";
import { compareRank } from "./job-order.ts";
import type { RunnerRoom } from "./runner-room.ts";
import { SortedList } from "./sorted-list.ts";
import { copyRoom, takePlace } from "./take-place.ts";
import type { WaitingEntry, WaitingJob, WaitingJobs } from "./waiting-jobs.ts";

/** A job that goes to a runner now. */
export interface Assignment {
  runId: string;
  runnerId: string;
  /** Index of the device; null for a job that uses none. */
  device: number | null;
}

/** A turn of a job, and where it stands in its shape. */
interface Turn extends WaitingEntry {
  position: number;
}

/**
 * Which waiting jobs go to which runners now, at most `most`. Changes neither the jobs nor the rooms: the caller leases, removes and counts.
 * `mayStart`: whether jobs of a handler may start (`mayTry` of its circuit); `once` lets one through.
 */
export function matchJobs(given: {
  waiting: WaitingJobs;
  rooms: readonly RunnerRoom[];
  mayStart: (handler: string | null) => MayTry;
  nowMs: number;
  most: number;
}): Assignment[] {
  const { waiting, nowMs } = given;
  waiting.wake(nowMs);
  const rooms = given.rooms.filter((room) => room.isOpen).map(copyRoom);
  const crew = rooms.map((room) => room.capabilities);
  const crewNumber = waiting.meet(crew);
  /** Positions of runners that a better-ranked job without a place could use. */
  const claimed = new Set<number>();
  const tried = new Set<string | null>();
  const turns = new Turns(waiting);
  const assignments: Assignment[] = [];
  let isAnyRoomLeft = rooms.some(canTakeAny);

  while (assignments.length < given.most && isAnyRoomLeft) {
    const turn = turns.next();
    if (turn === null) break;
    const { job, shape } = turn;
    const able = shape.ableOf(crew, crewNumber);
    if (able.length === 0) continue;
    const mayStart = tried.has(job.handler) ? false : given.mayStart(job.handler);
    if (mayStart === false) continue;
    const choice = chooseRunner(job, rooms, able);
    if (choice === null) {
      const claims = claimed.size === rooms.length ? [] : claim(job, rooms, able, claimed);
      if (claims.length === 0) continue;
      holdPlaces(job.needs, claims, placesToHold(job, nowMs));
      isAnyRoomLeft = rooms.some(canTakeAny);
      continue;
    }
    const { room, position } = choice;
    takePlace(room, job.needs, position);
    if (!canTakeAny(room)) isAnyRoomLeft = rooms.some(canTakeAny);
    assignments.push({
      runId: job.runId,
      runnerId: room.runnerId,
      device: room.capabilities.devices[position]?.index ?? null,
    });
    if (mayStart === "once") tried.add(job.handler);
    turns.follow(turn);
  }
  return assignments;
}

/** Those that a job without a place could use if they were idle, and no better-ranked one could. */
function claim(
  job: WaitingJob,
  rooms: readonly RunnerRoom[],
  able: readonly number[],
  claimed: Set<number>,
): RunnerRoom[] {
  return able.flatMap((at) => {
    const room = rooms[at];
    if (room === undefined || claimed.has(at) || devicesWhenIdle(job.needs, room).length === 0) return [];
    claimed.add(at);
    return [room];
  });
}

/** Every job needs a slot, a core and memory. */
function canTakeAny(room: RunnerRoom): boolean {
  return room.slotsFree > 0 && room.cpuCoresFree > 0 && room.memoryMbFree > 0;
}

/** Gives the first job of each shape its turn, in order; after one that went, the next of its shape has one too. */
class Turns {
  readonly #heads: Iterator<WaitingEntry>;
  #head: Turn | null;
  readonly #following = new SortedList<Turn>((a, b) => compareRank(a.job, b.job));

  constructor(waiting: WaitingJobs) {
    this.#heads = waiting.heads();
    this.#head = this.#nextHead();
  }

  next(): Turn | null {
    const head = this.#head;
    const following = this.#following.at(0);
    if (following !== undefined && (head === null || compareRank(following.job, head.job) < 0)) {
      return this.#following.takeFirst() ?? null;
    }
    if (head !== null) this.#head = this.#nextHead();
    return head;
  }

  follow({ shape, position }: Turn): void {
    const job = shape.ready.at(position + 1);
    if (job !== undefined) this.#following.add({ job, shape, position: position + 1 });
  }

  #nextHead(): Turn | null {
    const next = this.#heads.next();
    return next.done === true ? null : { ...next.value, position: 0 };
  }
}
