import { type CatalogueInterface, listInterfaces } from "../../bindings/d1/catalogue.ts";
import { openApiItem } from "../../domain/template/openapi-item.ts";
import { apiDocument } from "./api-document.ts";

const templatesPerRead = 100;

/**
 * The API's OpenAPI document with every live template in it, written as it is read: ten thousand templates never stand in memory
 * together.
 */
export function openApiStream(db: D1Database, release: string): ReadableStream<Uint8Array> {
  const { paths, ...rest } = apiDocument(release);
  const encoder = new TextEncoder();
  let after = "";
  let isOpen = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!isOpen) {
        isOpen = true;
        controller.enqueue(encoder.encode(`${JSON.stringify(rest).slice(0, -1)},"paths":{${membersOf(paths ?? {})}`));
        return;
      }
      const templates = await listInterfaces(db, "template", after, templatesPerRead);
      const last = templates.at(-1);
      if (last !== undefined) {
        after = last.name;
        controller.enqueue(encoder.encode(templates.map(itemText).join("")));
      }
      if (templates.length < templatesPerRead) {
        controller.enqueue(encoder.encode("}}"));
        controller.close();
      }
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
