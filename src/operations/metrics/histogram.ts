import type { MetricTold, Sample } from "./counter.ts";

/** How many values were at most as large as each bound, and their sum: what quantiles are reckoned from. */
export class Histogram {
  readonly told: MetricTold;
  /** Upper bounds, rising; what is larger is only in the count. */
  readonly bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;
  #flushedCount = 0;
  #flushedSum = 0;

  constructor(name: string, help: string, bounds: readonly number[]) {
    this.told = { name, help, labels: [] };
    this.bounds = bounds;
    this.#counts = new Array(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    this.#sum += value;
    let at = 0;
    for (const bound of this.bounds) {
      if (value <= bound) break;
      at += 1;
    }
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  /** How many values were at most as large as each bound, then all of them. */
  cumulative(): { counts: number[]; sum: number } {
    let count = 0;
    const counts = this.#counts.map((ofBucket) => {
      count += ofBucket;
      return count;
    });
    return { counts, sum: this.#sum };
  }

  /** How many were observed since it was taken last, and their sum; none when there were none. */
  takeAdded(): Sample[] {
    const count = this.cumulative().counts.at(-1) ?? 0;
    if (count === this.#flushedCount) return [];
    const added = [
      { labels: ["count"], value: count - this.#flushedCount },
      { labels: ["sum"], value: this.#sum - this.#flushedSum },
    ];
    this.#flushedCount = count;
    this.#flushedSum = this.#sum;
    return added;
  }
}
