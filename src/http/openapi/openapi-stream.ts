import { type CatalogueInterface, listInterfaces } from "../../bindings/d1/artifact/catalogue.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { openApiItem } from "../../domain/template/describe/openapi-item.ts";
import { apiDocument } from "./api-document.ts";

const callablesPerRead = 100;

/** The kinds that can be run by their own interface. */
const listedKinds = ["template", "function", "workflow"] as const;

/**
 * The API's OpenAPI document with every live template, function and workflow in it that fits the patterns `names`, written as it is read: ten thousand of them never stand in memory
 * together.
 */
export async function openApiStream(
  db: D1Database,
  release: string,
  names: readonly string[],
): Promise<ReadableStream<Uint8Array>> {
  const read = (kind: ArtifactKind, after: string) =>
    listInterfaces(db, { kind, names, after, limit: callablesPerRead });
  const { paths, ...rest } = apiDocument(release);
  const encoder = new TextEncoder();
  let text = `${JSON.stringify(rest).slice(0, -1)},"paths":{${membersOf(paths ?? {})}`;
  // Read before the answer starts: after that, an outage could no longer be told as 503.
  const [first, ...others] = listedKinds;
  let kind: ArtifactKind = first;
  let callables = await read(kind, "");
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      controller.enqueue(encoder.encode(text + callables.map((callable) => itemText(kind, callable)).join("")));
      text = "";
      const last = callables.at(-1);
      if (last !== undefined && callables.length === callablesPerRead) {
        callables = await read(kind, last.name);
        return;
      }
      const next = others.shift();
      if (next === undefined) {
        controller.enqueue(encoder.encode("}}"));
        controller.close();
        return;
      }
      kind = next;
      callables = await read(kind, "");
    },
  });
}

function itemText(
  kind: ArtifactKind,
  { name, version, title, description, category, interface: declared, examples }: CatalogueInterface,
): string {
  const callable = {
    name: title ?? name,
    ...(description === null ? {} : { description }),
    ...(category === null ? {} : { category }),
    interface: declared,
    examples,
  };
  const { path, item } = openApiItem({ kind, name, version, callable });
  return `,${JSON.stringify(path)}:${JSON.stringify(item)}`;
}

/** The inside of a JSON object's text. */
function membersOf(value: object): string {
  return JSON.stringify(value).slice(1, -1);
}
