import type { Changes } from "../../contract/announcement/announcement.ts";
import { type CoherenceLimits, coherence } from "./coherence-limits.ts";

/** `fresh`: answer. `refresh`: answer, and sync in the background. `wait`: sync first. */
export type Freshness = "fresh" | "refresh" | "wait";

/** What a sync needs to remember from when it was sent. */
export interface SyncTicket {
  sentAt: number;
  clockEpoch: number;
}

/**
 * What one isolate knows about the age of its own memory: the pure core of the coherence protocol (coherence-limits.ts has the
 * proof). It holds no documents; it says what may be answered, when to sync and what to drop. All times are the caller's clock, in ms.
 */
export class CoherenceView {
  readonly #limits: CoherenceLimits;
  /** Every announcement up to here has been applied to this isolate's memory. */
  appliedSeq = 0;
  /** When the last sync that succeeded was sent; null when no lease runs. */
  #sentAt: number | null = null;
  /** The same, kept when the clock ends a lease: how old a stale answer is. */
  #provenAt: number | null = null;
  /** `#changes` has every announcement in (#knownSince, appliedSeq]; the largest integer before the first sync. */
  #knownSince = Number.MAX_SAFE_INTEGER;
  /** Name → its last known announcement, oldest first. */
  #changes = new Map<string, number>();
  #lastReading = 0;
  #clockEpoch = 0;
  #refreshStartedAt: number | null = null;
  #failedAt: number | null = null;

  constructor(limits: CoherenceLimits = coherence) {
    this.#limits = limits;
  }

  freshness(now: number): Freshness {
    this.#watchClock(now);
    if (this.#sentAt === null) return "wait";
    const age = now - this.#sentAt;
    if (age >= this.#limits.answerMs) return "wait";
    return age >= this.#limits.refreshMs ? "refresh" : "fresh";
  }

  /** Whether an index of `name` that is true at `seq` is proven to miss nothing up to `appliedSeq`, nor anything noted. */
  mayUse(name: string, seq: number): boolean {
    if (!this.isNotOlderThanKnown(name, seq)) return false;
    return this.#knownSince === Number.MAX_SAFE_INTEGER || seq >= this.#knownSince;
  }

  /** Whether an index of `name` is at least not older than a change of it that this isolate has heard of. */
  isNotOlderThanKnown(name: string, seq: number): boolean {
    return (this.#changes.get(name) ?? 0) <= seq;
  }

  beginSync(now: number): SyncTicket {
    this.#watchClock(now);
    return { sentAt: now, clockEpoch: this.#clockEpoch };
  }

  /** Applies what a sync brought; `drop` says which names' indexes to forget, or all. */
  endSync(
    ticket: SyncTicket,
    changes: Changes,
    keyOf: (kind: string, name: string) => string,
  ): { drop: string[] | "all" } {
    this.#failedAt = null;
    const isHole = changes.since > this.appliedSeq || this.#knownSince === Number.MAX_SAFE_INTEGER;
    const drop: string[] = [];
    for (const announced of changes.announcements) {
      const key = keyOf(announced.kind, announced.name);
      this.#remember(key, announced.seq);
      drop.push(key);
    }
    if (isHole) this.#knownSince = changes.since;
    else if (changes.seq >= this.#knownSince) this.#knownSince = Math.min(this.#knownSince, changes.since);
    this.appliedSeq = Math.max(this.appliedSeq, changes.seq);
    this.#prune();
    // A sync that was sent before the clock stepped back proves its changes, but its time means nothing any more.
    if (ticket.clockEpoch === this.#clockEpoch) {
      this.#sentAt = Math.max(this.#sentAt ?? ticket.sentAt, ticket.sentAt);
      this.#provenAt = this.#sentAt;
    }
    return { drop: isHole ? "all" : drop };
  }

  syncFailed(now: number): void {
    this.#watchClock(now);
    this.#failedAt = now;
  }

  /** False for a moment after a failed sync, so that an outage costs each lookup no time-out of its own. */
  mayTrySync(now: number): boolean {
    this.#watchClock(now);
    return this.#failedAt === null || now < this.#failedAt || now - this.#failedAt >= this.#limits.retryMs;
  }

  /** True for one caller at a time. */
  mayStartRefresh(now: number): boolean {
    this.#watchClock(now);
    const started = this.#refreshStartedAt;
    if (started !== null && now >= started && now - started < this.#limits.refreshLostMs) return false;
    if (!this.mayTrySync(now)) return false;
    this.#refreshStartedAt = now;
    return true;
  }

  refreshEnded(): void {
    this.#refreshStartedAt = null;
  }

  /** This isolate heard of a change before any sync told it: its caller published. */
  noteChange(key: string, seq: number): void {
    this.#remember(key, seq);
    this.#prune();
  }

  /** Since when nothing has been proven, in ms; null when nothing ever was. */
  unprovenMs(now: number): number | null {
    this.#watchClock(now);
    return this.#provenAt === null ? null : Math.max(0, now - this.#provenAt);
  }

  #watchClock(now: number): void {
    if (now < this.#lastReading) {
      this.#sentAt = null;
      this.#clockEpoch += 1;
    }
    this.#lastReading = now;
  }

  #remember(key: string, seq: number): void {
    const known = this.#changes.get(key) ?? 0;
    if (seq <= known) return;
    this.#changes.delete(key);
    this.#changes.set(key, seq);
  }

  #prune(): void {
    for (const [key, seq] of this.#changes) {
      if (this.#changes.size <= this.#limits.rememberedChanges) return;
      this.#changes.delete(key);
      if (this.#knownSince !== Number.MAX_SAFE_INTEGER) this.#knownSince = Math.max(this.#knownSince, seq);
    }
  }
}
