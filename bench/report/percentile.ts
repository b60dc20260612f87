/** The value below which `share` (0 to 1) of the values lie; nearest rank. NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** Half are lower. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
