/** What is told of a metric. */
export interface MetricTold {
  name: string;
  help: string;
  /** The names of its labels, in the order in which their values are given. */
  labels: readonly string[];
}

/** One value of a metric; `labels` are the values of its labels. */
export interface Sample {
  labels: readonly string[];
  value: number;
}

/** Different label values that one metric counts apart; what comes after is counted together, so that callers cannot fill memory. */
const mostSeries = 1000;

/** A number that only grows, for each combination of label values. It lives as long as its process. */
export class Counter {
  readonly told: MetricTold;
  readonly #series = new Map<string, { labels: readonly string[]; value: number; flushed: number }>();

  constructor(name: string, help: string, labels: readonly string[] = []) {
    this.told = { name, help, labels };
  }

  add(label = "", ...more: string[]): void {
    // Every lookup counts, so what was counted before costs as little as can be.
    const known = more.length === 0 ? this.#series.get(label) : undefined;
    if (known !== undefined) known.value += 1;
    else this.addMany(1, ...(this.told.labels.length === 0 ? [] : [label, ...more]));
  }

  addMany(by: number, ...labels: string[]): void {
    const key = labels.length === 1 ? (labels[0] ?? "") : labels.join("\n");
    const known = this.#series.get(key);
    if (known !== undefined) known.value += by;
    else if (this.#series.size < mostSeries || labels.every((label) => label === "other")) {
      this.#series.set(key, { labels, value: by, flushed: 0 });
    } else this.addMany(by, ...labels.map(() => "other"));
  }

  samples(): Sample[] {
    return [...this.#series.values()].map(({ labels, value }) => ({ labels, value }));
  }

  /** What was added since it was taken last, at most `most` of them; the others stay for the next time. */
  takeAdded(most: number): Sample[] {
    const added: Sample[] = [];
    for (const series of this.#series.values()) {
      if (added.length >= most) break;
      if (series.value === series.flushed) continue;
      added.push({ labels: series.labels, value: series.value - series.flushed });
      series.flushed = series.value;
    }
    return added;
  }
}
