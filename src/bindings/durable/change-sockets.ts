import { z } from "zod";
import { type ChangeSocket, type KeptListener, keptListener, type ListeningStore } from "./change-socket.ts";
import { type ListeningFilter, listeningFilter } from "./listening-filter.ts";

/** Connections of those who listen to changes, and what a hub must know of them. They outlive the hub's memory (hibernation), but not its restart. */
export class ChangeSockets implements ListeningStore {
  readonly #ctx: DurableObjectState;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
  }

  accept(socket: WebSocket): ChangeSocket {
    this.#ctx.acceptWebSocket(socket);
    return changeSocket(socket);
  }

  /** Those that were there before this memory. */
  all(): { raw: WebSocket; socket: ChangeSocket; kept: KeptListener }[] {
    return this.#ctx.getWebSockets().flatMap((raw) => {
      const kept = keptListener.safeParse(raw.deserializeAttachment());
      // One that was closed is listed until its end has heard of it.
      return kept.success ? [{ raw, socket: changeSocket(raw), kept: kept.data }] : [];
    });
  }

  keepFilter(key: string, filter: ListeningFilter): void {
    this.#ctx.storage.kv.put(`filter:${key}`, filter);
  }

  dropFilter(key: string): void {
    this.#ctx.storage.kv.delete(`filter:${key}`);
  }

  filters(): Map<string, ListeningFilter> {
    const kept = this.#ctx.storage.kv.list({ prefix: "filter:" });
    return new Map([...kept].map(([key, filter]) => [key.slice("filter:".length), listeningFilter.parse(filter)]));
  }

  delivered(): number | null {
    return z
      .int()
      .nullable()
      .parse(this.#ctx.storage.kv.get("delivered") ?? null);
  }

  /** Who is told waits for no disk: were this write lost, so would be the process and every socket with it. */
  keepDelivered(seq: number): void {
    void this.#ctx.storage.put("delivered", seq, { allowUnconfirmed: true });
  }
}

/** RFC 6455: a close reason is at most 123 bytes. */
const longestReason = 120;

function changeSocket(socket: WebSocket): ChangeSocket {
  return {
    send(text) {
      try {
        socket.send(text);
      } catch {
        // It was closed already.
      }
    },
    close(code, reason) {
      try {
        socket.close(code, reason.slice(0, longestReason));
      } catch {
        // It was closed already.
      }
    },
    keep(listener) {
      try {
        socket.serializeAttachment(listener);
      } catch {
        // It was closed already.
      }
    },
  };
}
