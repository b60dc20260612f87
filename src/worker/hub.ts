import { DurableObject } from "cloudflare:workers";
import { pullAnnouncements } from "../bindings/d1/announcement/pull-announcements.ts";
import type { HubCalls } from "../bindings/durable/hub.ts";
import type { Announcement, Changes } from "../contract/announcement/announcement.ts";
import { RegionHub } from "../operations/announcement/region-hub.ts";
import { inTime, syncTimeoutMs } from "./in-time.ts";

/** One region's hub. Keeps nothing on disk: what it forgets, it pulls. */
export class Hub extends DurableObject<Env> implements HubCalls {
  readonly #hub = new RegionHub({
    pull: (since, most) => inTime(syncTimeoutMs.d1, pullAnnouncements(this.env.DB, since, most)),
    now: Date.now,
  });

  changesSince(seq: number, minSeq: number): Promise<Changes> {
    return this.#hub.changesSince(seq, minSeq);
  }

  async announce(announcements: Announcement[]): Promise<void> {
    this.#hub.hear(announcements);
  }
}
