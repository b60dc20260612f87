import { DurableObject } from "cloudflare:workers";
import { listChangeEvents } from "../bindings/d1/announcement/change-events.ts";
import { pullAnnouncements } from "../bindings/d1/announcement/pull-announcements.ts";
import { ChangeSockets } from "../bindings/durable/change-sockets.ts";
import type { HubCalls } from "../bindings/durable/hub.ts";
import { listeningOf } from "../bindings/durable/listening.ts";
import type { Announcement, Changes } from "../contract/announcement/announcement.ts";
import { limits } from "../contract/limits.ts";
import { listenerPace } from "../domain/announcement/listener-pace.ts";
import { HubListeners } from "../operations/announcement/hub-listeners.ts";
import type { Listener } from "../operations/announcement/listener.ts";
import { RegionHub } from "../operations/announcement/region-hub.ts";
import { SendingTurns } from "../operations/announcement/sending-turns.ts";
import { gauges } from "../operations/metrics/gauges.ts";
import { flushMetrics } from "./flush-metrics.ts";
import { inTime, syncTimeoutMs } from "./in-time.ts";

/**
 * One region's hub. Of the order of change it keeps nothing on disk: what it forgets, it pulls. Of its listeners it keeps their filters, and up to
 * where they were told.
 */
export class Hub extends DurableObject<Env> implements HubCalls {
  readonly #hub = new RegionHub({
    pull: (since, most) => inTime(syncTimeoutMs.d1, pullAnnouncements(this.env.DB, since, most)),
    now: Date.now,
  });
  readonly #sockets = new ChangeSockets(this.ctx);
  readonly #listeners = new HubListeners({
    sockets: this.#sockets,
    list: (after, most) => inTime(syncTimeoutMs.d1, listChangeEvents(this.env.DB, after, most)),
    now: () => Date.now(),
    turns: new SendingTurns(listenerPace.sendsAtOnce, () => scheduler.wait(0)),
    pace: listenerPace,
    fail: (error) => console.warn(JSON.stringify({ level: "warn", hub: "listeners", error: String(error) })),
    wakeAt: (ms) => void this.#wakeAt(ms),
  });
  readonly #listenerOf = new WeakMap<WebSocket, Listener>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    for (const { raw, socket, kept } of this.#sockets.all()) {
      const listener = this.#listeners.restore(socket, kept);
      if (listener !== null) this.#listenerOf.set(raw, listener);
    }
    this.#listeners.endRestore();
    this.#tellCount();
  }

  changesSince(seq: number, minSeq: number): Promise<Changes> {
    return this.#hub.changesSince(seq, minSeq);
  }

  async announce(announcements: Announcement[]): Promise<void> {
    this.#hub.hear(announcements);
    this.#listeners.announced(Math.max(0, ...announcements.map(({ seq }) => seq)));
  }

  override async fetch(request: Request): Promise<Response> {
    const asked = listeningOf(request);
    if (asked === null) return new Response(null, { status: 426 });
    if (this.#listeners.count >= limits.listenersPerHub) return new Response(null, { status: 503 });
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.#listenerOf.set(ours, this.#listeners.join(this.#sockets.accept(ours), asked));
    this.#tellCount();
    return new Response(null, { status: 101, webSocket: theirs });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const listener = this.#listenerOf.get(socket);
    if (listener !== undefined) this.#listeners.hear(listener, message);
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    this.#leave(socket);
    try {
      // 1005 and 1006 only say that there was no code; nobody may send them.
      socket.close(code === 1005 || code === 1006 ? 1000 : code);
    } catch {
      // It was closed already.
    }
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    this.#leave(socket);
  }

  override async alarm(): Promise<void> {
    this.#listeners.look();
    this.#tellCount();
    flushMetrics(this.env);
  }

  /** An alarm that is set already, as by the hub before a restart, rings soon enough. */
  async #wakeAt(ms: number): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(ms);
  }

  #leave(socket: WebSocket): void {
    const listener = this.#listenerOf.get(socket);
    if (listener !== undefined) this.#listeners.leave(listener);
    this.#tellCount();
  }

  /** Of an id that was not made of a name nobody knows the region. */
  #tellCount(): void {
    gauges.listeners.set(this.ctx.id.name ?? "unknown", this.#listeners.count);
  }
}
