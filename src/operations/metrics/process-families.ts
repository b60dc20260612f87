import { Counter } from "./counter.ts";
import { counters } from "./counters.ts";
import { gauges } from "./gauges.ts";
import type { MetricFamily } from "./metric-family.ts";

/** What this process has counted, and what its Durable Objects know of themselves. */
export function processFamilies(): MetricFamily[] {
  return [
    ...Object.values(counters).map((one): MetricFamily => {
      if (one instanceof Counter) return { ...one.told, type: "counter", samples: samplesOf(one) };
      return { ...one.told, type: "histogram", bounds: one.bounds, ...one.cumulative() };
    }),
    ...Object.values(gauges).map((one): MetricFamily => ({ ...one.told, type: "gauge", samples: one.samples() })),
  ];
}

/** What has no labels and was never counted is 0; what has labels cannot say which. */
function samplesOf(counter: Counter): ReturnType<Counter["samples"]> {
  const samples = counter.samples();
  return samples.length === 0 && counter.told.labels.length === 0 ? [{ labels: [], value: 0 }] : samples;
}
