import type { Announcement, Changes } from "../../../../src/contract/announcement/announcement.ts";
import { coherence } from "../../../../src/domain/lookup/coherence-limits.ts";
import type { HubLog, Pulled } from "../../../../src/domain/lookup/hub-log.ts";
import { RegionHub } from "../../../../src/operations/announcement/region-hub.ts";
import type { ClockReader, UnsteadyClock } from "./unsteady-clock.ts";

/** A sync's answer, and by how much the hub's clock may have lengthened its lease. */
export interface Synced {
  changes: Changes;
  unseenMs: number;
}

interface HubNeeds {
  clock: UnsteadyClock;
  makeLog: (clock: ClockReader) => HubLog;
  pull: (since: number) => Promise<Pulled>;
}

/** A region's hub: the real one, which a restart makes forget everything. */
export class ModelHub {
  isUp = true;
  /** Its region's connection to D1. */
  readonly wayToDatabase = { isUp: true };
  readonly #needs: HubNeeds;
  #life: HubLife;

  constructor(needs: HubNeeds) {
    this.#needs = needs;
    this.#life = new HubLife(needs);
  }

  async changesSince(seq: number, minSeq: number): Promise<Synced> {
    const life = this.#life;
    const changes = await life.changesSince(seq, minSeq);
    if (life !== this.#life) throw new Error("the hub restarted");
    return { changes, unseenMs: life.clock.unseenMs(coherence.hubLeaseMs) };
  }

  announce(announcements: Announcement[]): void {
    this.#life.announce(announcements);
  }

  restart(): void {
    this.#life = new HubLife(this.#needs);
  }
}

/** The real hub between two restarts. */
class HubLife {
  readonly clock: ClockReader;
  readonly #hub: RegionHub;

  constructor({ clock, makeLog, pull }: HubNeeds) {
    const reader = clock.reader();
    this.clock = reader;
    this.#hub = new RegionHub({ pull, now: () => reader.read(), log: makeLog(reader) });
  }

  changesSince(seq: number, minSeq: number): Promise<Changes> {
    return this.#hub.changesSince(seq, minSeq);
  }

  announce(announcements: Announcement[]): void {
    this.#hub.hear(announcements);
  }
}
