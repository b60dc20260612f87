import { closeCodes } from "../../bindings/durable/listener-sockets.ts";
import type { FeedEntry } from "../../bindings/durable/run-feed.ts";
import { type RunEvent, runEvent } from "../../contract/run/run-event.ts";
import { archiveAfterMs } from "../pool/ending/close-run.ts";
import type { OpenFeed } from "./open-feed.ts";
import { lookAfterMs } from "./tend-feed.ts";

/** A feed is one run's, and a listener may come before the feed knows whose. */
const everybody = "all";

/** Numbers events, keeps them, and sends them to all who listen. What was told before is passed over, and so is what comes after the end. */
export async function tellFeed(feed: OpenFeed, runId: string, entries: readonly FeedEntry[]): Promise<void> {
  const owner = feed.tables.owner();
  if (owner !== null && owner.ended_at !== null) return;
  feed.tables.open(runId, feed.nowMs());
  if (owner === null) await feed.wakeAt(feed.nowMs() + lookAfterMs);
  let lastId = feed.tables.lastId();
  for (const { key, event } of entries) {
    const json = JSON.stringify({ id: lastId + 1, ...event });
    if (!feed.tables.insert(lastId + 1, key, json)) continue;
    lastId += 1;
    feed.sockets.broadcast(everybody, json);
  }
}

/** The run has ended: its last events are told, those who listen are let go, those who wait are told. Once. */
export async function endFeed(feed: OpenFeed, runId: string, entries: readonly FeedEntry[]): Promise<void> {
  const owner = feed.tables.owner();
  if (owner !== null && owner.ended_at !== null) return;
  await tellFeed(feed, runId, entries);
  feed.tables.markEnded(feed.nowMs());
  feed.sockets.closeListeners(everybody);
  for (const tell of feed.waiters) tell();
  feed.waiters.clear();
  await feed.wakeAt(feed.nowMs() + archiveAfterMs);
}

/** Events after `after`, oldest first; null when the feed has none. */
export function listFeed(feed: OpenFeed, after: number, limit: number): { events: RunEvent[]; ended: boolean } | null {
  const owner = feed.tables.owner();
  if (owner === null) return null;
  const texts = feed.tables.list(after, limit);
  return {
    events: texts.map((text) => runEvent.parse(JSON.parse(text))),
    // Told by the page that has the last event.
    ended: owner.ended_at !== null && texts.length < limit,
  };
}

/** Events that are sent to a new listener at once, and then the next. */
const eventsAtOnce = 1000;

/** Takes a listener: it gets the events after `after`, then each that comes, and is closed when the run has ended. */
export function addFeedListener(feed: OpenFeed, socket: WebSocket, after: number): void {
  feed.sockets.acceptListener(socket, everybody);
  for (let last = after; ; last += eventsAtOnce) {
    const texts = feed.tables.list(last, eventsAtOnce);
    for (const text of texts) feed.sockets.sendEvent(socket, text);
    if (texts.length < eventsAtOnce) break;
  }
  const owner = feed.tables.owner();
  if (owner !== null && owner.ended_at !== null) feed.sockets.close(socket, closeCodes.normal, "the run ended");
}

/** True as soon as the run has ended, false after `timeoutMs`. */
export function awaitFeedEnd(feed: OpenFeed, timeoutMs: number): Promise<boolean> {
  const owner = feed.tables.owner();
  if (owner !== null && owner.ended_at !== null) return Promise.resolve(true);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => {
    feed.waiters.delete(tell);
    resolve(false);
  }, timeoutMs);
  const tell = () => {
    clearTimeout(timer);
    resolve(true);
  };
  feed.waiters.add(tell);
  return promise;
}
