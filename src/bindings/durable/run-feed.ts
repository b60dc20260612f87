import type { RunEvent } from "../../contract/run/run-event.ts";

type WithoutNumber<Event> = Event extends RunEvent ? Omit<Event, "id"> : never;

/** An event that is not numbered yet. `key` tells it from all others of its run: what is told twice is kept once. */
export interface FeedEntry {
  key: string;
  event: WithoutNumber<RunEvent>;
}

/** What a run of a workflow tells while it goes: one Durable Object each. Every call may be repeated. */
export interface RunFeedCalls {
  /** Numbers events, keeps them, and sends them to all who listen. `runId`: whose feed this is. */
  append(runId: string, entries: FeedEntry[]): Promise<void>;
  /** The run has ended: `entries` are its last, listeners are closed, all who wait are told; later the events are archived in R2. */
  end(runId: string, entries: FeedEntry[]): Promise<void>;
  /** Events after `after`, oldest first; null when it has none (nothing told yet, or archived). */
  events(after: number, limit: number): Promise<{ events: RunEvent[]; ended: boolean } | null>;
  /** Answers true as soon as the run has ended, false after `timeoutMs`. */
  awaitEnd(timeoutMs: number): Promise<boolean>;
  /** WebSocket upgrades of listeners: `/events?after=N`. */
  fetch(request: Request): Promise<Response>;
}

/** Finds the feed of a run. */
export type RunFeeds = (runId: string) => RunFeedCalls;
