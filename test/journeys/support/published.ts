import { type ResolvedArtifact, resolvedArtifact } from "../../../src/contract/artifact/resolved.ts";
import type { Example } from "./oci-examples.ts";

/** What a registry serves of a version by its JSON API. */
export interface Served {
  artifact: ResolvedArtifact;
  /** Its interface as JSON Schema; null where the kind has none. */
  schema: unknown;
  /** As its author sent it. */
  source: string;
}

/** Looks an artifact up: document, interface and source. `reference` is a name, with or without a selector. */
export async function lookUpServed(
  url: string,
  { collection, mediaType }: Example,
  reference: string,
): Promise<Served> {
  const ask = async (path: string, accept: string) => {
    const response = await fetch(`${url}/v1/${collection}/${reference}${path}`, { headers: { accept } });
    return { status: response.status, text: await response.text() };
  };
  const [document, schema, source] = await Promise.all([
    ask("", "application/json"),
    ask("/schema", "application/json"),
    ask("", mediaType === "application/json" ? "application/yaml" : mediaType),
  ]);
  if (document.status !== 200 || source.status !== 200)
    throw new Error(`${reference} was answered ${document.status}, ${source.status}: ${document.text} ${source.text}`);
  return {
    artifact: resolvedArtifact.parse(JSON.parse(document.text)),
    schema: schema.status === 200 ? JSON.parse(schema.text) : null,
    source: source.text,
  };
}
