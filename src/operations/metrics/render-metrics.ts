import type { MetricFamily } from "./metric-family.ts";

/** Metrics in Prometheus' text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). */
export function renderMetrics(families: readonly MetricFamily[]): string {
  return families.map((family) => [...headOf(family), ...linesOf(family)].map((line) => `${line}\n`).join("")).join("");
}

function headOf({ name, help, type }: MetricFamily): string[] {
  return [`# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`, `# TYPE ${name} ${type}`];
}

function linesOf(family: MetricFamily): string[] {
  const { name, labels } = family;
  if (family.type !== "histogram") {
    return family.samples.map((sample) => `${name}${labelText(labels, sample.labels)} ${numberText(sample.value)}`);
  }
  const { bounds, counts, sum } = family;
  const buckets = counts.map((count, at) => {
    const bound = bounds[at];
    return `${name}_bucket{le="${bound === undefined ? "+Inf" : bound}"} ${count}`;
  });
  return [...buckets, `${name}_sum ${numberText(sum)}`, `${name}_count ${counts.at(-1) ?? 0}`];
}

function labelText(names: readonly string[], values: readonly string[]): string {
  if (names.length === 0) return "";
  return `{${names.map((name, at) => `${name}="${escaped(values[at] ?? "")}"`).join(",")}}`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "-Inf";
}
