import { limits } from "../../contract/limits.ts";

/** A delivery that was not taken. Times are milliseconds since 1970. */
export interface FailedTry {
  /** Tries so far since the first one, this one included. */
  tries: number;
  firstTryMs: number;
  nowMs: number;
  /** What the receiver asked for by `Retry-After`; null: nothing. */
  retryAfterMs: number | null;
  /** From 0 to 1. */
  random: number;
}

const longestWaitMs = 3600_000;

/**
 * When a delivery is tried again: after 1, 2, 4 … seconds, an hour at most, each up to a quarter longer so that many do not come at once; not
 * before the receiver wants it. The last try is a day after the first; null: that was it.
 */
export function nextTry({ tries, firstTryMs, nowMs, retryAfterMs, random }: FailedTry): number | null {
  const lastTryMs = firstTryMs + limits.deliveryTotalSeconds * 1000;
  if (nowMs >= lastTryMs) return null;
  const grown = Math.min(1000 * 2 ** Math.min(Math.max(tries - 1, 0), 30), longestWaitMs);
  const asked = Math.min(retryAfterMs ?? 0, longestWaitMs);
  const wait = Math.max(Math.min(grown * (1 + random / 4), longestWaitMs), asked);
  return Math.min(Math.ceil(nowMs + wait), lastTryMs);
}
