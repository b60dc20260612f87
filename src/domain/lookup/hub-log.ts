import type { Announcement, Changes } from "../../contract/announcement/announcement.ts";
import { type CoherenceLimits, coherence } from "./coherence-limits.ts";

/** What a pull of D1 brought: every announcement after `since`, up to `seq`. */
export type Pulled = Changes;

/** What a pull needs to remember from when it was sent. */
export interface PullTicket {
  sentAt: number;
  clockEpoch: number;
}

/**
 * What one hub knows of the order of change: a run of announcements without gaps, (floor, seq], and when D1 was last asked.
 * Pure; coherence-limits.ts has the proof that uses it. Times are the caller's clock, in ms.
 */
export class HubLog {
  readonly #limits: CoherenceLimits;
  #seq = 0;
  #floor = 0;
  #announcements: Announcement[] = [];
  #pulledAt: number | null = null;
  #lastReading = 0;
  #clockEpoch = 0;

  constructor(limits: CoherenceLimits = coherence) {
    this.#limits = limits;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Whether D1 must be asked before a sync can be answered. */
  mustPull(now: number, minSeq: number): boolean {
    this.#watchClock(now);
    if (this.#pulledAt === null || now - this.#pulledAt >= this.#limits.hubLeaseMs) return true;
    return minSeq > this.#seq;
  }

  beginPull(now: number): PullTicket {
    this.#watchClock(now);
    return { sentAt: now, clockEpoch: this.#clockEpoch };
  }

  /** Adds what a pull brought. Pulls are made one at a time. */
  endPull(ticket: PullTicket, pulled: Pulled): void {
    if (pulled.since > this.#seq) {
      // D1 had more to tell than one answer carries: what came before is forgotten.
      this.#announcements = [];
      this.#floor = pulled.since;
      this.#seq = pulled.since;
    }
    for (const announced of pulled.announcements) {
      if (announced.seq > this.#seq) this.#append(announced);
    }
    this.#seq = Math.max(this.#seq, pulled.seq);
    // Of a pull that was sent before the clock stepped back, the time means nothing any more.
    if (ticket.clockEpoch === this.#clockEpoch) this.#pulledAt = ticket.sentAt;
  }

  /** Takes a registrar's broadcast. One that does not follow on what is known ends the lease, so that the next sync pulls. */
  hear(announced: readonly Announcement[]): void {
    for (const next of [...announced].sort((a, b) => a.seq - b.seq)) {
      if (next.seq <= this.#seq) continue;
      if (next.seq === this.#seq + 1) this.#append(next);
      else {
        this.#pulledAt = null;
        return;
      }
    }
  }

  /** The announcements after `asked`, or as many of the newest as one sync carries: then `since` is above `asked`. */
  changesSince(asked: number): Changes {
    const known = this.#announcements.filter((announced) => announced.seq > asked);
    const carried = known.slice(-this.#limits.changesPerSync);
    const before = known.length > carried.length ? known[known.length - carried.length - 1] : undefined;
    return {
      since: Math.max(before?.seq ?? 0, this.#floor, Math.min(asked, this.#seq)),
      seq: this.#seq,
      announcements: carried,
    };
  }

  #watchClock(now: number): void {
    if (now < this.#lastReading) {
      this.#pulledAt = null;
      this.#clockEpoch += 1;
    }
    this.#lastReading = now;
  }

  #append(announced: Announcement): void {
    this.#announcements.push(announced);
    this.#seq = announced.seq;
    while (this.#announcements.length > this.#limits.hubMemory) {
      const forgotten = this.#announcements.shift();
      if (forgotten !== undefined) this.#floor = forgotten.seq;
    }
  }
}
