import {
  type ChangeSocket,
  closeCodes,
  type KeptListener,
  type ListeningStore,
} from "../../bindings/durable/change-socket.ts";
import type { Listening } from "../../bindings/durable/listening.ts";
import type { ListeningFilter } from "../../bindings/durable/listening-filter.ts";
import { progressFrom } from "../../domain/announcement/listener-progress.ts";
import { CatchUp } from "./catch-up.ts";
import { Listener } from "./listener.ts";
import type { ListenerGroup } from "./listener-group.ts";
import { type DeliveryNeeds, LiveDelivery } from "./live-delivery.ts";

/** How often a hub with listeners looks at D1 though it heard nothing: broadcasts may be lost. */
export const lookEveryMs = 2000;

export interface ListenersNeeds extends Omit<DeliveryNeeds, "keepDelivered"> {
  sockets: ListeningStore;
  /** The hub's alarm rings at this time. */
  wakeAt: (ms: number) => void;
}

/** All who listen at a hub: live ones are told together, others catch up first. */
export class HubListeners {
  readonly #needs: ListenersNeeds;
  readonly #groups = new Map<string, ListenerGroup>();
  readonly #all = new Set<Listener>();
  readonly #live: LiveDelivery;
  readonly #behind: CatchUp;
  #isAwake = false;

  constructor(needs: ListenersNeeds) {
    this.#needs = needs;
    this.#live = new LiveDelivery({ ...needs, keepDelivered: (seq) => needs.sockets.keepDelivered(seq) }, this.#groups);
    this.#behind = new CatchUp(needs, this.#live);
    for (const [key, filter] of needs.sockets.filters()) this.#addGroup(key, filter);
  }

  get count(): number {
    return this.#all.size;
  }

  /** Takes one that was there before this memory was. Null: what it listens for is not known any more, so it is sent away. */
  restore(socket: ChangeSocket, { filterKey, isLive, ...kept }: KeptListener): Listener | null {
    const group = this.#groups.get(filterKey);
    if (group === undefined) {
      socket.close(closeCodes.comeBack, `resume with after=${kept.progress.seen.seq}`);
      return null;
    }
    if (!isLive) {
      const listener = this.#add(socket, group, kept);
      this.#behind.add(listener);
      return listener;
    }
    const delivered = this.#needs.sockets.delivered() ?? 0;
    this.#live.begin(delivered);
    const listener = this.#add(socket, group, { ...kept, position: Math.max(kept.position, delivered) });
    this.#live.add(listener);
    return listener;
  }

  /** All of them are restored: what nobody listens for is forgotten. */
  endRestore(): void {
    for (const group of this.#groups.values()) if (group.members.size === 0) this.#drop(group);
  }

  /** Somebody wants to listen. They are told at once from where. */
  join(socket: ChangeSocket, { filter, after, until }: Listening): Listener {
    const listener = this.#add(socket, this.#groupOf(filter), {
      position: after,
      until,
      progress: progressFrom(after),
    });
    listener.sayStillHere(this.#needs.now());
    if (!this.#live.admit(listener)) {
      this.#behind.add(listener);
      listener.keep();
      this.#behind.go();
    }
    if (!this.#isAwake) this.#wakeLater();
    return listener;
  }

  leave(listener: Listener): void {
    if (!this.#all.delete(listener)) return;
    listener.isOpen = false;
    this.#live.remove(listener);
    this.#behind.remove(listener);
    const { group } = listener;
    group.members.delete(listener);
    if (group.members.size === 0) this.#drop(group);
  }

  /** A broadcast told of changes up to `seq`. */
  announced(seq: number): void {
    this.#live.wake(seq);
  }

  /** What a listener says. */
  hear(listener: Listener, message: string | ArrayBuffer): void {
    if (!listener.isOpen) return;
    listener.hear(message, this.#needs.now());
    if (!listener.isLive) this.#behind.go();
  }

  /** The alarm rang: looks at D1 and at each listener, and sets it again as long as there are any. */
  look(): void {
    const nowMs = this.#needs.now();
    for (const listener of this.#all) listener.tend(nowMs);
    this.#isAwake = false;
    if (this.#all.size === 0) return;
    this.#wakeLater();
    this.#live.deliver();
    this.#behind.go();
  }

  #wakeLater(): void {
    this.#isAwake = true;
    this.#needs.wakeAt(this.#needs.now() + lookEveryMs);
  }

  #add(
    socket: ChangeSocket,
    group: ListenerGroup,
    kept: Pick<KeptListener, "position" | "until" | "progress">,
  ): Listener {
    const listener = new Listener(socket, group, kept, this.#needs.pace, (closed) => this.leave(closed));
    group.members.add(listener);
    this.#all.add(listener);
    return listener;
  }

  #groupOf(filter: ListeningFilter): ListenerGroup {
    const text = JSON.stringify(filter);
    for (const group of this.#groups.values()) if (JSON.stringify(group.filter) === text) return group;
    const key = String(Math.max(0, ...[...this.#groups.keys()].map(Number)) + 1);
    this.#needs.sockets.keepFilter(key, filter);
    return this.#addGroup(key, filter);
  }

  #drop({ key }: ListenerGroup): void {
    this.#groups.delete(key);
    this.#needs.sockets.dropFilter(key);
  }

  #addGroup(key: string, filter: ListeningFilter): ListenerGroup {
    const group: ListenerGroup = { key, filter, members: new Set(), live: new Set() };
    this.#groups.set(key, group);
    return group;
  }
}
