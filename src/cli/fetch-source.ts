import { again } from "../client/again.ts";
import type { Client } from "../client/create-client.ts";
import type { ArtifactKind } from "../contract/artifact/kind.ts";
import { headers } from "../contract/http/headers.ts";
import type { KindedReference } from "./kind-of-reference.ts";

/** A source as its author published it. */
export interface FetchedSource {
  bytes: Uint8Array;
  /** Of the bytes, as the registry tells it. */
  digest: string;
  /** Without parameters: `text/x-python`. */
  mediaType: string;
  /** Its file's name; null when it was not told. */
  file: string | null;
}

/** What is accepted where a source is asked for; anything else means the document. */
const sourceTypes = {
  template: "application/yaml",
  function: "text/plain",
  workflow: "application/yaml",
  agent: "application/yaml",
} as const satisfies Record<ArtifactKind, string>;

/** Fetches the source of the version that a reference means. */
export async function fetchSource(
  client: Client,
  { kind, routes, reference }: KindedReference,
): Promise<FetchedSource> {
  const seq: Record<string, string> = client.seq === 0 ? {} : { [headers.minSeq]: String(client.seq) };
  return again(async () => {
    const asked = { accept: sourceTypes[kind], ...seq };
    const response = await client.open(routes.get, { params: { reference }, headers: asked });
    return {
      bytes: new Uint8Array(await response.arrayBuffer()),
      digest: (response.headers.get("etag") ?? "").replaceAll('"', ""),
      mediaType: (response.headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "",
      file: fileOf(response.headers.get("content-disposition")),
    };
  });
}

/** The name in `filename*=UTF-8''…` (RFC 6266, RFC 8187); null where there is none that can be read. */
function fileOf(disposition: string | null): string | null {
  const [, encoded] = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition ?? "") ?? [];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}
