import type { MetricTold, Sample } from "./counter.ts";

/** All values of one metric, as Prometheus' text format takes them. */
export type MetricFamily = MetricTold &
  (
    | { type: "counter" | "gauge"; samples: readonly Sample[] }
    | { type: "histogram"; bounds: readonly number[]; counts: readonly number[]; sum: number }
  );
