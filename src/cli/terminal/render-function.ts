import type { TemplateInterface } from "../../contract/template/document.ts";
import type { Resources } from "../../contract/template/requirements.ts";
import { facts } from "./facts.ts";
import { fieldTable } from "./field-table.ts";
import type { Terminal } from "./open-terminal.ts";
import { plainText } from "./plain-text.ts";
import { showMemory } from "./show-size.ts";

/** What is told of a function, whether it is published or only read from its source. */
export interface ShownFunction {
  description: string | null;
  interface: TemplateInterface;
  resources: Resources;
  packages: readonly string[];
}

/** A function for people: what it is called, what it does, takes, gives and needs. */
export function renderFunction(terminal: Terminal, title: readonly string[], shown: ShownFunction): string {
  const { colors } = terminal;
  const { inputs, outputs } = shown.interface;
  const parts = [...title, ...(title.length > 1 ? [""] : [])];
  if (shown.description !== null) {
    parts.push(...shown.description.split("\n").map((line) => (line.trim() === "" ? "" : `  ${plainText(line)}`)));
  }
  parts.push("");
  parts.push(indented(fieldTable(terminal, "INPUT", inputs, true)), "");
  parts.push(indented(fieldTable(terminal, "OUTPUT", outputs, false)), "");
  const needs = [
    ["needs", describeResources(shown.resources)],
    ["packages", shown.packages.length === 0 ? null : shown.packages.join(", ")],
  ] as const;
  parts.push(indented(facts(needs, colors)));
  return parts.join("\n");
}

function describeResources({ gpu, vram_gb, cpu_cores, memory_gb, ...rest }: Resources): string {
  const vram = vram_gb === undefined ? "" : ` with ${showMemory(vram_gb * 1024)}`;
  const capability = rest.compute_capability === undefined ? "" : ` of compute capability ${rest.compute_capability}`;
  return [
    gpu ? `a GPU${vram}${capability}` : "no GPU",
    cpu_cores === 1 ? "1 core" : `${cpu_cores} cores`,
    `${showMemory(memory_gb * 1024)} of memory`,
    ...(rest.disk_gb === undefined ? [] : [`${showMemory(rest.disk_gb * 1024)} of disk`]),
  ].join(", ");
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
