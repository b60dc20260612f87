import type { RunFeeds } from "../bindings/durable/run-feed.ts";

/** Finds the feed of a run. */
export function runFeedsOf(env: Env): RunFeeds {
  return (runId) => env.RUN_FEED.get(env.RUN_FEED.idFromName(runId));
}
