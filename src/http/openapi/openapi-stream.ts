import { type CatalogueInterface, listInterfaces } from "../../bindings/d1/artifact/catalogue.ts";
import { openApiItem } from "../../domain/template/describe/openapi-item.ts";
import { apiDocument } from "./api-document.ts";

const templatesPerRead = 100;

/**
 * The API's OpenAPI document with every live template in it, written as it is read: ten thousand templates never stand in memory
 * together.
 */
export async function openApiStream(db: D1Database, release: string): Promise<ReadableStream<Uint8Array>> {
  const { paths, ...rest } = apiDocument(release);
  const encoder = new TextEncoder();
  let text = `${JSON.stringify(rest).slice(0, -1)},"paths":{${membersOf(paths ?? {})}`;
  // Read before the answer starts: after that, an outage could no longer be told as 503.
  let templates = await listInterfaces(db, "template", "", templatesPerRead);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      controller.enqueue(encoder.encode(text + templates.map(itemText).join("")));
      text = "";
      const last = templates.at(-1);
      if (last === undefined || templates.length < templatesPerRead) {
        controller.enqueue(encoder.encode("}}"));
        controller.close();
        return;
      }
      templates = await listInterfaces(db, "template", last.name, templatesPerRead);
    },
  });
}

function itemText({
  name,
  version,
  title,
  description,
  category,
  interface: declared,
  examples,
}: CatalogueInterface): string {
  const template = {
    name: title ?? name,
    ...(description === null ? {} : { description }),
    ...(category === null ? {} : { category }),
    interface: declared,
    examples,
  };
  const { path, item } = openApiItem({ name, version, template });
  return `,${JSON.stringify(path)}:${JSON.stringify(item)}`;
}

/** The inside of a JSON object's text. */
function membersOf(value: object): string {
  return JSON.stringify(value).slice(1, -1);
}
