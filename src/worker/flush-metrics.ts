import { takeAdded } from "../operations/metrics/take-added.ts";

/** Between two flushes of one isolate. */
const everyMs = 10_000;
/** Cloudflare takes 250 data points of one invocation of a Worker; what is left goes with the next flush. */
const mostPoints = 200;

let flushedAt = 0;

/**
 * Sends what this isolate has counted since it did last to Analytics Engine, at most every ten seconds: each data point is a sum, so nothing is
 * sampled away that matters. Its index and first blob are the metric's name, the other blobs its label values, the double what was added.
 */
export function flushMetrics(env: Env, nowMs = Date.now()): void {
  if (nowMs >= flushedAt && nowMs - flushedAt < everyMs) return;
  flushedAt = nowMs;
  for (const { name, labels, value } of takeAdded(mostPoints)) {
    env.METRICS.writeDataPoint({ indexes: [name], blobs: [name, ...labels], doubles: [value] });
  }
}
