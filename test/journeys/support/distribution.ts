/** What a row of measurements looks like, in the unit that they came in. */
export interface Distribution {
  count: number;
  p50: number;
  p90: number;
  p99: number;
  max: number;
}

/** Percentiles by nearest rank; of nothing, zeros. */
export function distributionOf(measured: readonly number[]): Distribution {
  const ordered = [...measured].sort((a, b) => a - b);
  const at = (share: number) => ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)] ?? 0;
  return { count: ordered.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

/** One line for people: `200 measured: p50 812 ms, …`. */
export function tellDistribution(measured: readonly number[]): string {
  const { count, p50, p90, p99, max } = distributionOf(measured);
  const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
  return `${count} measured: p50 ${ms(p50)}, p90 ${ms(p90)}, p99 ${ms(p99)}, max ${ms(max)}`;
}
