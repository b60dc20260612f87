import { readdirSync, readFileSync } from "node:fs";
import type { Template } from "../../../src/contract/template/document.ts";
import { type ReadDocument, readDocument } from "../../../src/domain/document/read-document.ts";
import { checkTemplate } from "../../../src/domain/template/check-template.ts";
import { orderByParent } from "../../../src/domain/template/order-by-parent.ts";
import { templateHeader } from "../../../src/domain/template/template-header.ts";

const folder = new URL("../../../templates/", import.meta.url);

/** What checking a template that ships gave; `template` is flattened, null when there is an error. */
export interface ShippedTemplate {
  issues: unknown[];
  template: Template | null;
}

/** Every template that ships, by its file's name without the ending; parents first, as a batch does it, so that each child is checked against its flattened parent. */
export function checkShipped(): Map<string, ShippedTemplate> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  const documents = files.map((file) => readDocument(readFileSync(new URL(file, folder), "utf8")));
  const headers = documents.map((one, index) => ({ index, header: one.document && templateHeader(one.document) }));
  const items = headers.map(({ index, header }) => ({
    index,
    id: header?.id ?? "",
    version: header?.version ?? "",
    extends: header?.extends ?? null,
  }));
  const checked = new Map<string, ShippedTemplate>();
  for (const index of orderByParent(items).order) {
    const file = files[index];
    const read = documents[index];
    const parent = checked.get(items[index]?.extends?.name ?? "")?.template ?? null;
    if (file !== undefined && read !== undefined) checked.set(file.slice(0, -".yaml".length), checkOne(read, parent));
  }
  return checked;
}

function checkOne(
  read: { document: ReadDocument | null; issues: unknown[] },
  parent: Template | null,
): ShippedTemplate {
  if (read.document === null) return { issues: read.issues, template: null };
  const checked = checkTemplate(read.document, parent);
  return { issues: [...read.issues, ...checked.issues], template: checked.template };
}
