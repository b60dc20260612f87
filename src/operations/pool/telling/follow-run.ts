import { closeCodes } from "../../../bindings/durable/listener-sockets.ts";
import { limits } from "../../../contract/limits.ts";
import { type RunEvent, runEvent } from "../../../contract/run/run-event.ts";
import type { OpenPool } from "../open-pool.ts";

/** Events of a run after `after`, oldest first; null when the pool has none of it. */
export function listEvents(
  pool: OpenPool,
  runId: string,
  after: number,
  limit: number,
): { events: RunEvent[]; ended: boolean } | null {
  const texts = pool.tables.events.list(runId, after, limit);
  const ended = pool.tables.ended.load(runId);
  const isKnown = pool.waiting.has(runId) || pool.leased.has(runId) || (ended !== null && !ended.is_archived);
  if (!isKnown) return null;
  // Those that have ended are told as ended by the page that has their last event.
  return {
    events: texts.map((text) => runEvent.parse(JSON.parse(text))),
    ended: ended !== null && texts.length < limit,
  };
}

/** Takes a listener: it gets the events after `after`, then each that comes, and is closed when the run has ended. */
export function addListener(pool: OpenPool, socket: WebSocket, runId: string, after: number): void {
  pool.sockets.acceptListener(socket, runId);
  for (const text of pool.tables.events.list(runId, after, limits.eventsPerRun * 2))
    pool.sockets.sendEvent(socket, text);
  if (pool.tables.ended.load(runId) !== null) pool.sockets.close(socket, closeCodes.normal, "the run ended");
}

/** True as soon as the run has ended, false after `timeoutMs`. */
export function awaitEnd(pool: OpenPool, runId: string, timeoutMs: number): Promise<boolean> {
  if (pool.tables.ended.load(runId) !== null) return Promise.resolve(true);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const waiters = pool.waiters.get(runId) ?? new Set();
  pool.waiters.set(runId, waiters);
  const timer = setTimeout(() => {
    waiters.delete(tell);
    if (waiters.size === 0 && pool.waiters.get(runId) === waiters) pool.waiters.delete(runId);
    resolve(false);
  }, timeoutMs);
  const tell = () => {
    clearTimeout(timer);
    resolve(true);
  };
  waiters.add(tell);
  return promise;
}
