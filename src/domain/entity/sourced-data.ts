import type { JsonMap } from "../document/json-value.ts";
import type { Source, SourcedMap } from "../workflow-run/sourced.ts";

/** Data of an entity as values, each with its address there. */
export function sourcedData(ecsId: string, data: JsonMap): SourcedMap {
  const sources = Object.keys(data).map((key): [string, Source] => [key, { at: { ecsId, steps: [key] } }]);
  return { values: data, sources: Object.fromEntries(sources) };
}
