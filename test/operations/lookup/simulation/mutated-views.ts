import type { Changes } from "../../../../src/contract/announcement/announcement.ts";
import type { CoherenceLimits } from "../../../../src/domain/lookup/coherence-limits.ts";
import { CoherenceView, type Freshness, type SyncTicket } from "../../../../src/domain/lookup/coherence-view.ts";

type KeyOf = (kind: string, name: string) => string;

/** Believes any index. */
export class CredulousView extends CoherenceView {
  override mayUse(): boolean {
    return true;
  }
}

/** Counts its lease from when the sync's answer came. */
export class LateView extends CoherenceView {
  readonly #clock: () => number;

  constructor(limits: CoherenceLimits, clock: () => number) {
    super(limits);
    this.#clock = clock;
  }

  override endSync(_: SyncTicket, changes: Changes, keyOf: KeyOf): { drop: string[] | "all" } {
    return super.endSync(this.beginSync(this.#clock()), changes, keyOf);
  }
}

/** To it, time stands still until its clock has caught up. */
export class TrustingView extends CoherenceView {
  #highest = 0;

  override freshness(now: number): Freshness {
    this.#highest = Math.max(this.#highest, now);
    return super.freshness(this.#highest);
  }

  override beginSync(now: number): SyncTicket {
    this.#highest = Math.max(this.#highest, now);
    return super.beginSync(this.#highest);
  }

  override mayTrySync(): boolean {
    return true;
  }

  override mayStartRefresh(): boolean {
    return true;
  }
}

/** Applies changes, but drops nothing. */
export class HoardingView extends CoherenceView {
  override endSync(ticket: SyncTicket, changes: Changes, keyOf: KeyOf): { drop: string[] | "all" } {
    super.endSync(ticket, changes, keyOf);
    return { drop: [] };
  }
}

/** Drops what changed, but not what it can no longer prove. */
export class GaplessView extends CoherenceView {
  override endSync(ticket: SyncTicket, changes: Changes, keyOf: KeyOf): { drop: string[] | "all" } {
    super.endSync(ticket, changes, keyOf);
    return { drop: changes.announcements.map((announced) => keyOf(announced.kind, announced.name)) };
  }
}
