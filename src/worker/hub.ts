import { DurableObject } from "cloudflare:workers";
import { pullAnnouncements } from "../bindings/d1/pull-announcements.ts";
import type { HubCalls } from "../bindings/durable/hub.ts";
import type { Announcement, Changes } from "../contract/announcement/announcement.ts";
import { coherence } from "../domain/lookup/coherence-limits.ts";
import { HubLog } from "../domain/lookup/hub-log.ts";

/** A region's memory of the order of change: answers the syncs of the region's isolates, from D1 when its own lease is over. */
export class Hub extends DurableObject<Env> implements HubCalls {
  readonly #log = new HubLog();
  #pull: Promise<void> | null = null;

  async changesSince(seq: number, minSeq: number): Promise<Changes> {
    // A pull under way was sent before this sync came: joining it is enough for the lease, but maybe not for `minSeq`.
    for (let round = 0; round < 2 && this.#log.mustPull(Date.now(), minSeq); round++) await this.#pullOnce();
    return this.#log.changesSince(seq);
  }

  async announce(announcements: Announcement[]): Promise<void> {
    this.#log.hear(announcements);
  }

  #pullOnce(): Promise<void> {
    this.#pull ??= this.#pullNow().finally(() => {
      this.#pull = null;
    });
    return this.#pull;
  }

  async #pullNow(): Promise<void> {
    const sentAt = Date.now();
    this.#log.endPull(sentAt, await pullAnnouncements(this.env.DB, this.#log.seq, coherence.hubMemory));
  }
}
