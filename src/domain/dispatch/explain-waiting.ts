import type { RunFailure } from "../../contract/run/run-failure.ts";
import type { Unmet, Waiting } from "../../contract/run/waiting.ts";
import { canEverDo } from "./can-ever-do.ts";
import { findUnmet } from "./find-unmet.ts";
import { devicesWhenIdle } from "./hold-places.ts";
import type { RunnerRoom } from "./runner-room.ts";
import type { WaitingJob } from "./waiting-jobs.ts";

/** What is known of a job that waits. */
export interface WaitingCase {
  job: WaitingJob;
  /** Of every connected runner, open or not. */
  rooms: readonly RunnerRoom[];
  /** From 1: `WaitingJobs.positionOf`. */
  position: number;
  /** Of the last attempt. */
  failure: RunFailure | null;
  /** Of the job's handler, unless it is closed. */
  circuit: { handler: string; untilMs: number; failures: number } | null;
  nowMs: number;
}

/** Why a job waits, in words too. */
export function explainWaiting(given: WaitingCase): Waiting {
  return inBackoff(given) ?? withoutRunner(given) ?? byCircuit(given) ?? busy(given);
}

function inBackoff({ job, failure, nowMs }: WaitingCase): Waiting | null {
  if (failure === null || job.notBeforeMs <= nowMs) return null;
  const until = timeOf(job.notBeforeMs);
  const message = `attempt ${failure.attempt} failed (${failure.code}: ${failure.message}); the next one begins after ${until}`;
  return { why: "backoff", message, until, failure };
}

function withoutRunner({ job, rooms }: WaitingCase): Waiting | null {
  const base = { why: "no_capable_runner", runners: rooms.length } as const;
  if (rooms.length === 0) {
    const message = "no runner is connected to the pool; start one with `callsheet-runner run`";
    return { ...base, message, unmet: [] };
  }
  const capable = rooms.filter((room) => canEverDo(job.needs, room.capabilities));
  if (capable.length === 0) {
    const unmet = findUnmet(
      job.needs,
      rooms.map((room) => room.capabilities),
    );
    const whom = rooms.length === 1 ? "the one runner of the pool" : `any of the ${rooms.length} runners of the pool`;
    const message = `the job asks for more than ${whom} has: ${unmet.map(inWords).join("; ")}`;
    return { ...base, message, unmet };
  }
  if (capable.some((room) => room.isOpen)) return null;
  const names = nameSome(capable);
  const message = `${names} could do this job but takes no jobs: it waits for approval, is draining or has gone silent`;
  return { ...base, message, unmet: [] };
}

function byCircuit({ circuit }: WaitingCase): Waiting | null {
  if (circuit === null) return null;
  const { handler, untilMs, failures } = circuit;
  const until = timeOf(untilMs);
  const message = `the handler ${handler} failed ${failures} times in a row; after ${until} one job at a time tries it again`;
  return { why: "circuit_open", message, handler, until, failures };
}

function busy({ job, rooms, position }: WaitingCase): Waiting {
  const capable = rooms.filter((room) => room.isOpen && canEverDo(job.needs, room.capabilities));
  const base = { why: "busy", position, capable_runners: capable.length } as const;
  if (capable.every((room) => devicesWhenIdle(job.needs, room).length === 0)) {
    const message = `others than the registry's jobs take too much VRAM of ${nameSome(capable)}; place ${position} in the queue`;
    return { ...base, message };
  }
  const could =
    capable.length === 1 ? "1 runner could do it and has" : `${capable.length} runners could do it and have`;
  return { ...base, message: `${could} no room for it yet; place ${position} in the queue` };
}

function inWords({ requirement, asked, found }: Unmet): string {
  if (requirement === "together") return `${asked}, and ${found}`;
  return found === null ? `${asked} (there is none)` : `${asked} (nearest: ${found})`;
}

function nameSome(rooms: readonly RunnerRoom[]): string {
  const names = rooms.map((room) => room.name);
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
