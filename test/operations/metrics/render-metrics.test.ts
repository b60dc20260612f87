import fc from "fast-check";
import { expect, it } from "vitest";
import { Counter } from "../../../src/operations/metrics/counter.ts";
import { Histogram } from "../../../src/operations/metrics/histogram.ts";
import type { MetricFamily } from "../../../src/operations/metrics/metric-family.ts";
import { renderMetrics } from "../../../src/operations/metrics/render-metrics.ts";
import { readPrometheus } from "./prometheus-text.ts";

function counterFamily(counter: Counter): MetricFamily {
  return { ...counter.told, type: "counter", samples: counter.samples() };
}

it("writes whatever labels say so that it reads back as it was", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: "binary" })), fc.string({ unit: "binary" }), (values, help) => {
      const counter = new Counter("some_total", help.replaceAll("\r", ""), ["what"]);
      for (const value of values) counter.add(value);
      const read = readPrometheus(renderMetrics([counterFamily(counter)]));
      expect(read.get("some_total")?.samples.map(({ labels }) => labels.what)).toEqual(values);
    }),
  );
});

it("writes numbers as Prometheus reads them", () => {
  const told = { name: "some", help: "Some.", labels: ["at"], type: "gauge" } as const;
  const values = [0, -1.5, 1e21, 1e-7, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 123456789];
  const samples = values.map((value, at) => ({ labels: [String(at)], value }));
  const read = readPrometheus(renderMetrics([{ ...told, samples }]));
  expect(read.get("some")?.samples.map(({ value }) => value)).toEqual(values);
});

it("counts how many values of a histogram were at most as large as each bound", () => {
  const histogram = new Histogram("age_seconds", "How old.", [1, 2, 5]);
  for (const value of [0, 0.5, 1, 1.5, 5, 7]) histogram.observe(value);
  const family = { ...histogram.told, type: "histogram", bounds: histogram.bounds, ...histogram.cumulative() } as const;
  const read = readPrometheus(renderMetrics([family])).get("age_seconds");
  expect(read?.samples).toEqual([
    { name: "age_seconds_bucket", labels: { le: "1" }, value: 3 },
    { name: "age_seconds_bucket", labels: { le: "2" }, value: 4 },
    { name: "age_seconds_bucket", labels: { le: "5" }, value: 5 },
    { name: "age_seconds_bucket", labels: { le: "+Inf" }, value: 6 },
    { name: "age_seconds_sum", labels: {}, value: 15 },
    { name: "age_seconds_count", labels: {}, value: 6 },
  ]);
});

it("counts together what would be too many label values", () => {
  const counter = new Counter("many_total", "Many.", ["who", "what"]);
  for (let at = 0; at < 5000; at++) counter.add(`caller ${at}`, "asked");
  expect(counter.samples().length).toBeLessThan(1100);
  const sum = counter.samples().reduce((total, { value }) => total + value, 0);
  expect(sum).toBe(5000);
});

it("gives each sum once to whoever takes what was added, and keeps what is too much for the next time", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b", "c", "d")), fc.integer({ min: 1, max: 3 }), (added, most) => {
      const counter = new Counter("some_total", "Some.", ["what"]);
      const taken = new Map<string, number>();
      const take = () => {
        const samples = counter.takeAdded(most);
        for (const { labels, value } of samples) taken.set(labels[0] ?? "", (taken.get(labels[0] ?? "") ?? 0) + value);
        return samples.length;
      };
      for (const what of added) {
        counter.add(what);
        if (what === "a") expect(take()).toBeLessThanOrEqual(most);
      }
      while (take() > 0);
      expect(Object.fromEntries(taken)).toEqual(
        Object.fromEntries(counter.samples().map(({ labels, value }) => [labels[0], value])),
      );
    }),
  );
});
