import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { type NameIndex, nameIndex } from "../../contract/artifact/name-index.ts";
import { type PublishedDocument, publishedDocument } from "../../contract/artifact/published.ts";

/*
 * Keys:   doc/{kind}/{name}/{version}   a flattened document, written once
 *         index/{kind}/{name}           versions, tags, states, and the seq at which they are true
 * KV may answer what was true up to a minute ago, or miss what is there; nothing here may be taken for the newest.
 */
const documentKey = (kind: string, name: string, version: string) => `doc/${kind}/${name}/${version}`;
const indexKey = (kind: string, name: string) => `index/${kind}/${name}`;

/** Null when KV has none, or has something that the contract does not read (an older release wrote it): D1 answers then. */
export async function readIndex(kv: KVNamespace, kind: ArtifactKind, name: string): Promise<NameIndex | null> {
  const parsed = nameIndex.safeParse(await kv.get(indexKey(kind, name), "json"));
  return parsed.success ? parsed.data : null;
}

export async function writeIndex(kv: KVNamespace, index: NameIndex): Promise<void> {
  await kv.put(indexKey(index.kind, index.name), JSON.stringify(index));
}

export async function deleteIndex(kv: KVNamespace, kind: string, name: string): Promise<void> {
  await kv.delete(indexKey(kind, name));
}

/** Names that KV has an index of, `limit` at a time; `next` is null at the end. */
export async function listIndexes(
  kv: KVNamespace,
  cursor: string | null,
  limit: number,
): Promise<{ names: { kind: string; name: string }[]; next: string | null }> {
  const page = await kv.list({ prefix: indexKey("", "").slice(0, -1), limit, cursor });
  const names = page.keys.map((key) => {
    const [, kind = "", name = ""] = key.name.split("/");
    return { kind, name };
  });
  return { names, next: page.list_complete ? null : page.cursor };
}

export async function readDocument(
  kv: KVNamespace,
  kind: ArtifactKind,
  name: string,
  version: string,
): Promise<PublishedDocument | null> {
  const parsed = publishedDocument.safeParse(await kv.get(documentKey(kind, name, version), "json"));
  return parsed.success ? parsed.data : null;
}

export async function writeDocument(kv: KVNamespace, published: PublishedDocument): Promise<void> {
  await kv.put(documentKey(published.kind, published.name, published.version), JSON.stringify(published));
}

export async function deleteDocument(kv: KVNamespace, kind: string, name: string, version: string): Promise<void> {
  await kv.delete(documentKey(kind, name, version));
}
