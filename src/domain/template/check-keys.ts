import { didYouMean } from "../did-you-mean.ts";
import type { JsonMap } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding } from "./check-finding.ts";
import { quote } from "./value/show-value.ts";

/** The keys of a map that nothing reads. */
export function checkKeys(map: JsonMap, known: readonly string[], path: string): Finding[] {
  return Object.keys(map)
    .filter((key) => !known.includes(key))
    .map((key) => unknownKey(path, key, known));
}

/** The refusal of one key, with the one that was probably meant. */
export function unknownKey(path: string, key: string, known: readonly string[]): Finding {
  const meant = (Object.hasOwn(otherWords, key) ? otherWords[key] : undefined) ?? null;
  const near = meant !== null && known.includes(meant) ? meant : didYouMean(key, known);
  const home = Object.hasOwn(homes, key) ? homes[key] : undefined;
  const suggestion =
    near !== null ? `did you mean ${near}?` : home !== undefined ? `${key} belongs under ${home}` : listOf(known);
  return errorAt("unknown_key", childPointer(path, key), `there is no key ${quote(key)} here`, suggestion, "key");
}

function listOf(known: readonly string[]): string | null {
  return known.length === 0 ? null : `the keys here are ${known.join(", ")}`;
}

/** Words of other schema languages for ours. */
const otherWords: Record<string, string> = {
  minimum: "min",
  maximum: "max",
  ge: "min",
  le: "max",
  minLength: "min_length",
  maxLength: "max_length",
  minItems: "min_items",
  maxItems: "max_items",
  uniqueItems: "unique_items",
  multipleOf: "multiple_of",
  step: "multiple_of",
  additionalProperties: "additional_properties",
  regex: "pattern",
  choices: "enum",
  options: "enum",
  values: "enum",
  decimals: "precision",
  optional: "required",
  help: "description",
  title: "name",
  keywords: "tags",
  parent: "extends",
  base: "extends",
  fields: "properties",
  params: "inputs",
  parameters: "inputs",
  returns: "outputs",
  presets: "quality_presets",
  vram: "vram_gb",
  memory: "memory_gb",
  ram_gb: "memory_gb",
  cpu: "cpu_cores",
  cpus: "cpu_cores",
  disk: "disk_gb",
  sha256: "hash",
  url: "source",
};

/** Where keys belong that are often written one level off. */
const homes: Record<string, string> = {
  inputs: "interface",
  outputs: "interface",
  resources: "requirements",
  models: "requirements",
  quality_presets: "requirements",
  gpu: "requirements.resources",
  vram_gb: "requirements.resources",
  cpu_cores: "requirements.resources",
  memory_gb: "requirements.resources",
  disk_gb: "requirements.resources",
  estimated_time_seconds: "requirements.resources",
  handler: "execution",
  pool: "execution",
  runtime: "execution",
  timeout_seconds: "execution",
  max_attempts: "execution",
  runner_labels: "execution",
  compute_capability: "requirements.resources",
  interface: "template",
  requirements: "template",
  examples: "template",
  stages: "template",
  id: "template",
  version: "template",
};
