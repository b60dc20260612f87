import type { Announcement, Changes } from "../../../../src/contract/announcement/announcement.ts";
import type { CoherenceLimits } from "../../../../src/domain/lookup/coherence-limits.ts";
import { HubLog, type Pulled, type PullTicket } from "../../../../src/domain/lookup/hub-log.ts";

/** Takes what it hears for all there is to hear. */
export class GaplessHubLog extends HubLog {
  override hear(announced: readonly Announcement[]): void {
    for (const next of announced) {
      const skipped = Math.max(0, next.seq - this.seq - 1);
      const from = this.seq + 1;
      super.hear(Array.from({ length: skipped }, (_, place) => ({ ...next, seq: from + place, name: "unheard" })));
      super.hear([next]);
    }
  }
}

/** Counts its lease from when D1 answered. */
export class LateHubLog extends HubLog {
  readonly #clock: () => number;

  constructor(limits: CoherenceLimits, clock: () => number) {
    super(limits);
    this.#clock = clock;
  }

  override endPull(_: PullTicket, pulled: Pulled): void {
    super.endPull(this.beginPull(this.#clock()), pulled);
  }
}

/** To it, time stands still until its clock has caught up. */
export class TrustingHubLog extends HubLog {
  #highest = 0;

  override mustPull(now: number, minSeq: number): boolean {
    this.#highest = Math.max(this.#highest, now);
    return super.mustPull(this.#highest, minSeq);
  }

  override beginPull(now: number): PullTicket {
    this.#highest = Math.max(this.#highest, now);
    return super.beginPull(this.#highest);
  }
}

/** Forgets that its clock stepped while a pull was under way. */
export class CarelessHubLog extends HubLog {
  #last = 0;

  override mustPull(now: number, minSeq: number): boolean {
    this.#last = now;
    return super.mustPull(now, minSeq);
  }

  override endPull(ticket: PullTicket, pulled: Pulled): void {
    super.endPull({ ...ticket, clockEpoch: this.beginPull(this.#last).clockEpoch }, pulled);
  }
}

/** Takes its lease for enough, whatever seq is asked for. */
export class HastyHubLog extends HubLog {
  override mustPull(now: number): boolean {
    return super.mustPull(now, 0);
  }
}

/** Does not tell what it has forgotten. */
export class ForgetfulHubLog extends HubLog {
  override changesSince(asked: number): Changes {
    const changes = super.changesSince(asked);
    return { ...changes, since: Math.min(changes.since, asked) };
  }
}
