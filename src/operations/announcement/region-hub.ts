import type { Announcement, Changes } from "../../contract/announcement/announcement.ts";
import { coherence } from "../../domain/lookup/coherence-limits.ts";
import { HubLog } from "../../domain/lookup/hub-log.ts";

export interface RegionHubNeeds {
  /** Announcements after `since` from D1's primary, the newest `most` of them. May throw: that is an outage. */
  pull: (since: number, most: number) => Promise<Changes>;
  /** The hub's clock, in ms. */
  now: () => number;
  log?: HubLog;
}

/** A region's memory of the order of change: answers the syncs of the region's isolates, from D1 when its own lease is over. */
export class RegionHub {
  readonly #needs: RegionHubNeeds;
  readonly #log: HubLog;
  #pull: Promise<void> | null = null;

  constructor(needs: RegionHubNeeds) {
    this.#needs = needs;
    this.#log = needs.log ?? new HubLog();
  }

  /** Announcements after `seq`, from a state at least as new as `minSeq` where D1 has it. */
  async changesSince(seq: number, minSeq: number): Promise<Changes> {
    // The first round may join a pull that was sent before this sync came, and so be too old; a second is sent after it.
    for (let round = 0; round < 2 && this.#log.mustPull(this.#needs.now(), minSeq); round++) await this.#pullOnce();
    return this.#log.changesSince(seq);
  }

  hear(announcements: readonly Announcement[]): void {
    this.#log.hear(announcements);
  }

  #pullOnce(): Promise<void> {
    this.#pull ??= this.#pullNow().finally(() => {
      this.#pull = null;
    });
    return this.#pull;
  }

  async #pullNow(): Promise<void> {
    const ticket = this.#log.beginPull(this.#needs.now());
    this.#log.endPull(ticket, await this.#needs.pull(this.#log.seq, coherence.hubMemory));
  }
}
