import type { ChangeEvent } from "../../contract/announcement/change-event.ts";
import { batchesOf } from "../../domain/announcement/told-change.ts";
import type { Listener } from "./listener.ts";
import { isWantedBy } from "./listener-group.ts";
import type { DeliveryNeeds, LiveDelivery } from "./live-delivery.ts";

/**
 * Brings listeners that came back to where the live ones are: a page of changes at a time, each listener in its turn, so that one who is far behind
 * holds nobody up. One page is for all whose place lies within it.
 */
export class CatchUp {
  readonly #needs: Omit<DeliveryNeeds, "keepDelivered">;
  readonly #live: LiveDelivery;
  /** In the order of their turns. */
  readonly #queue = new Set<Listener>();
  #isRunning = false;

  constructor(needs: Omit<DeliveryNeeds, "keepDelivered">, live: LiveDelivery) {
    this.#needs = needs;
    this.#live = live;
  }

  add(listener: Listener): void {
    listener.isLive = false;
    this.#queue.add(listener);
  }

  remove(listener: Listener): void {
    this.#queue.delete(listener);
  }

  /** Goes on until everybody is live, or must answer first. */
  go(): void {
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#turnOf(next);
    } catch (error) {
      this.#needs.fail(error);
    } finally {
      this.#isRunning = false;
    }
  }

  #next(): Listener | undefined {
    for (const listener of this.#queue) if (!listener.mustAnswer) return listener;
    return undefined;
  }

  async #turnOf(listener: Listener): Promise<void> {
    const from = listener.position;
    const page = await this.#needs.list(from, this.#needs.pace.page);
    const last = page.at(-1)?.seq ?? from;
    const served = [...this.#queue].filter((other) => {
      return !other.mustAnswer && other.position >= from && other.position <= last;
    });
    await this.#tell(page, last, served);
    if (page.length < this.#needs.pace.page) this.#live.begin(last);
    for (const other of served) {
      // At the end of the queue, so that others have their turns.
      if (!this.#queue.delete(other)) continue;
      if (!this.#live.admit(other)) this.#queue.add(other);
    }
    this.#live.restIfAlone();
    // What was committed since the page was read.
    this.#live.deliver();
  }

  async #tell(page: readonly ChangeEvent[], last: number, served: readonly Listener[]): Promise<void> {
    const { turns } = this.#needs;
    const nowMs = this.#needs.now();
    const batches = batchesOf(page, this.#needs.pace.batch);
    for (const listener of served) {
      for (const batch of batches) {
        const wanted = batch.filter(({ change }) => isWantedBy(listener.group, change));
        listener.tell(wanted, batch.at(-1)?.change.seq ?? last, nowMs);
      }
      listener.keep();
      if (turns.isOver(batches.length + 1)) await turns.pause();
    }
  }
}
