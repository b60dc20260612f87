import type { MetricTold, Sample } from "./counter.ts";

/** A number that goes up and down and that somebody of this process knows: each sets its own. */
export class Gauge {
  readonly told: MetricTold;
  readonly #values = new Map<string, number>();

  constructor(name: string, help: string, label: string) {
    this.told = { name, help, labels: [label] };
  }

  set(label: string, value: number): void {
    this.#values.set(label, value);
  }

  samples(): Sample[] {
    return [...this.#values].map(([label, value]) => ({ labels: [label], value }));
  }
}

/** What Durable Objects of this process know of themselves. */
export const gauges = {
  listeners: new Gauge("callsheet_live_listeners", "Who listens live, by the hub's region", "region"),
} as const;
