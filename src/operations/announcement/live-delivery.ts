import type { ChangeEvent } from "../../contract/announcement/change-event.ts";
import type { ListenerPace } from "../../domain/announcement/listener-pace.ts";
import { RecentChanges } from "../../domain/announcement/recent-changes.ts";
import { batchesOf, type ToldChange, writers } from "../../domain/announcement/told-change.ts";
import type { Listener } from "./listener.ts";
import { isWantedBy, type ListenerGroup } from "./listener-group.ts";
import type { SendingTurns } from "./sending-turns.ts";

export interface DeliveryNeeds {
  /** Changes after `after`, oldest first, at most `most`, from D1's primary. May throw: that is an outage. */
  list: (after: number, most: number) => Promise<ChangeEvent[]>;
  /** Up to which change all who are live were told: a hub that hibernates goes on from there. */
  keepDelivered: (seq: number) => void;
  /** Told of an outage that a later look makes good. */
  fail: (error: unknown) => void;
  /** The hub's clock, in ms. */
  now: () => number;
  turns: SendingTurns;
  pace: ListenerPace;
}

/** Tells all who are live of every change, in order: D1 is read after the last change that was told, so whatever woke it cannot make it miss one. */
export class LiveDelivery {
  readonly #needs: DeliveryNeeds;
  readonly #groups: ReadonlyMap<string, ListenerGroup>;
  #count = 0;
  /** The change that is being told, or was told last; null while nobody is live. */
  #current: number | null = null;
  #recent = new RecentChanges(0, 0);
  /** Counts the beginnings: what was read for one is of no use to the next. */
  #life = 0;
  #isAsked = false;
  #isRunning = false;

  constructor(needs: DeliveryNeeds, groups: ReadonlyMap<string, ListenerGroup>) {
    this.#needs = needs;
    this.#groups = groups;
  }

  /** Nobody is live yet, and everything up to `seq` is told: from here on. Where somebody is, nothing happens. */
  begin(seq: number): void {
    if (this.#current !== null) return;
    this.#current = seq;
    this.#life += 1;
    this.#needs.keepDelivered(seq);
    this.#recent = new RecentChanges(this.#needs.pace.remembered, seq);
  }

  /** Takes a listener among the live ones, if what lies between is remembered. */
  admit(listener: Listener): boolean {
    const between = this.#current === null ? null : this.#recent.after(listener.position);
    if (this.#current === null || between === null) return false;
    const nowMs = this.#needs.now();
    const { group } = listener;
    const wanted = between.filter(({ change }) => isWantedBy(group, change));
    listener.tell(wanted, this.#current, nowMs);
    if (listener.isOpen) this.add(listener);
    listener.keep();
    return true;
  }

  /** One that was live before this memory, too. */
  add(listener: Listener): void {
    listener.isLive = true;
    listener.group.live.add(listener);
    this.#count += 1;
  }

  remove(listener: Listener): void {
    if (listener.group.live.delete(listener)) this.#count -= 1;
    this.restIfAlone();
  }

  /** Nobody is live: there is nothing to be told. */
  restIfAlone(): void {
    if (this.#count === 0) this.#current = null;
  }

  /** Somebody heard of a change up to `seq`. */
  wake(seq: number): void {
    if (this.#current !== null && seq > this.#current) this.deliver();
  }

  /** Tells what there is to tell. Asked again while it does, it looks again. */
  deliver(): void {
    this.#isAsked = true;
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      while (this.#isAsked && this.#current !== null) {
        this.#isAsked = false;
        await this.#tellPage(this.#current, this.#life);
      }
    } catch (error) {
      this.#needs.fail(error);
    } finally {
      this.#isRunning = false;
    }
  }

  async #tellPage(after: number, life: number): Promise<void> {
    const page = await this.#needs.list(after, this.#needs.pace.page);
    if (page.length === this.#needs.pace.page || life !== this.#life) this.#isAsked = true;
    for (const batch of batchesOf(page, this.#needs.pace.batch)) {
      if (this.#current === null || life !== this.#life) return;
      await this.#tellAll(batch);
    }
    if (this.#current !== null && life === this.#life && page.length > 0) this.#needs.keepDelivered(this.#current);
  }

  /** A listener that joins on the way finds the changes among the recent ones; `tell` passes over what it knows. */
  async #tellAll(batch: readonly ToldChange[]): Promise<void> {
    const last = batch.at(-1)?.change.seq;
    if (last === undefined) return;
    for (const told of batch) this.#recent.add(told);
    this.#current = last;
    const { turns } = this.#needs;
    const nowMs = this.#needs.now();
    for (const group of this.#groups.values()) {
      if (group.live.size === 0) continue;
      const wanted = batch.filter(({ change }) => isWantedBy(group, change));
      const text = writers[group.filter.as].changes(wanted);
      for (const listener of group.live) {
        listener.tell(wanted, last, nowMs, text);
        if (wanted.length > 0 && turns.isOver(1)) await turns.pause();
      }
    }
  }
}
