import type { ListenerSockets } from "../../bindings/durable/listener-sockets.ts";
import type { FeedTables } from "../../bindings/feed/feed-tables.ts";

/** What the feed of a run works with. */
export interface OpenFeed {
  tables: FeedTables;
  sockets: ListenerSockets;
  db: D1Database;
  blobs: R2Bucket;
  /** Who waits for the end of the run. */
  waiters: Set<() => void>;
  nowMs: () => number;
  /** The feed's alarm rings at this time, whatever was said before. */
  wakeAt: (ms: number) => Promise<void>;
  /** Removes all that the feed has on disk. */
  removeAll: () => Promise<void>;
}
