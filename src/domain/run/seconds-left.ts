/**
 * Seconds to the end of an attempt, or null when nothing is known. `medianSeconds`: of past runs; `fraction`: of the work done, 0 to 1.
 *
 * Past runs speak first; the attempt's own pace counts more the further it is, and the more of the past runs' time it has used.
 */
export function secondsLeft(given: {
  medianSeconds: number | null;
  elapsedSeconds: number;
  fraction: number;
}): number | null {
  const elapsed = Math.max(0, given.elapsedSeconds);
  const fraction = Math.min(1, Math.max(0, given.fraction));
  const byPace = fraction > 0 ? (elapsed * (1 - fraction)) / fraction : null;
  const median = given.medianSeconds;
  if (median === null || median <= 0) return byPace;
  const byPast = Math.max(0, median - elapsed);
  // Without progress, a run that takes longer than past ones did says nothing of its end.
  if (byPace === null) return byPast > 0 ? byPast : null;
  const trust = fraction + (1 - fraction) * Math.min(1, elapsed / median);
  return byPace * trust + byPast * (1 - trust);
}

/** The value in the middle; of an even number the mean of the two; null of none. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
