/** One line of Prometheus' text format, read by its grammar. */
export interface PrometheusSample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

export interface PrometheusFamily {
  help: string;
  type: string;
  samples: PrometheusSample[];
}

const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/;
const sampleLine = new RegExp(
  `^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{((?:${label.source}(?:,${label.source})*)?)\\})? (NaN|[+-]Inf|-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)$`,
);

/**
 * Reads text format 0.0.4 as it is defined (prometheus.io/docs/instrumenting/exposition_formats) and throws where something is not: each family
 * told once, all its lines together, HELP and TYPE first, no sample twice, the last line ended.
 */
export function readPrometheus(text: string): Map<string, PrometheusFamily> {
  const families = new Map<string, PrometheusFamily>();
  const seen = new Set<string>();
  if (!text.endsWith("\n")) throw new Error("the last line does not end");
  let current = "";
  for (const line of text.slice(0, -1).split("\n")) {
    const [, what, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (what === "HELP") {
      if (families.has(name)) throw new Error(`${name} is told twice`);
      families.set(name, { help: rest, type: "", samples: [] });
      current = name;
    } else if (what === "TYPE") {
      if (name !== current) throw new Error(`TYPE of ${name} among ${current}`);
      if (!["counter", "gauge", "histogram"].includes(rest)) throw new Error(`no type: ${line}`);
      familyOf(families, name).type = rest;
    } else {
      const sample = readSample(line);
      const family = familyOf(families, current);
      const isPart = family.type === "histogram" && new RegExp(`^${current}_(bucket|sum|count)$`).test(sample.name);
      if (sample.name !== current && !isPart) throw new Error(`${sample.name} among ${current}`);
      const key = `${sample.name} ${JSON.stringify(sample.labels)}`;
      if (seen.has(key)) throw new Error(`twice: ${key}`);
      seen.add(key);
      family.samples.push(sample);
    }
  }
  return families;
}

function readSample(line: string): PrometheusSample {
  const found = sampleLine.exec(line);
  if (found === null) throw new Error(`no sample: ${line}`);
  const [, name = "", labelText = ""] = found;
  const labels: Record<string, string> = {};
  for (const [, key = "", value = ""] of labelText.matchAll(new RegExp(label, "g"))) {
    labels[key] = value.replaceAll(/\\(["\\n])/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
  }
  const value = (found.at(-1) ?? "").replace("Inf", "Infinity");
  return { name, labels, value: Number(value) };
}

function familyOf(families: Map<string, PrometheusFamily>, name: string): PrometheusFamily {
  const family = families.get(name);
  if (family === undefined) throw new Error(`nothing was told of ${name} before`);
  return family;
}
