import { DurableObject } from "cloudflare:workers";
import { ListenerSockets } from "../bindings/durable/listener-sockets.ts";
import type { FeedEntry, RunFeedCalls } from "../bindings/durable/run-feed.ts";
import { FeedTables } from "../bindings/feed/feed-tables.ts";
import type { RunEvent } from "../contract/run/run-event.ts";
import type { OpenFeed } from "../operations/feed/open-feed.ts";
import { addFeedListener, awaitFeedEnd, endFeed, listFeed, tellFeed } from "../operations/feed/tell-feed.ts";
import { tendFeed } from "../operations/feed/tend-feed.ts";

/** What one run of a workflow tells while it goes, and who listens. */
export class RunFeed extends DurableObject<Env> implements RunFeedCalls {
  readonly #feed: OpenFeed;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { storage } = ctx;
    const tables = new FeedTables(storage.sql);
    this.#feed = {
      tables,
      sockets: new ListenerSockets(ctx),
      db: env.DB,
      blobs: env.BLOBS,
      waiters: new Set(),
      nowMs: () => Date.now(),
      wakeAt: (ms) => storage.setAlarm(ms),
      removeAll: async () => {
        await storage.deleteAll();
        tables.forget();
      },
    };
  }

  append(runId: string, entries: FeedEntry[]): Promise<void> {
    return tellFeed(this.#feed, runId, entries);
  }

  end(runId: string, entries: FeedEntry[]): Promise<void> {
    return endFeed(this.#feed, runId, entries);
  }

  async events(after: number, limit: number): Promise<{ events: RunEvent[]; ended: boolean } | null> {
    return listFeed(this.#feed, after, limit);
  }

  awaitEnd(timeoutMs: number): Promise<boolean> {
    return awaitFeedEnd(this.#feed, timeoutMs);
  }

  override async fetch(request: Request): Promise<Response> {
    if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") return new Response(null, { status: 426 });
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/events") return new Response(null, { status: 404 });
    const { 0: theirs, 1: ours } = new WebSocketPair();
    addFeedListener(this.#feed, ours, Number(searchParams.get("after") ?? 0));
    return new Response(null, { status: 101, webSocket: theirs });
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    // 1005 and 1006 only say that there was no code; nobody may send them.
    this.#feed.sockets.close(socket, code === 1005 || code === 1006 ? 1000 : code, "");
  }

  override async alarm(): Promise<void> {
    await tendFeed(this.#feed);
  }
}
