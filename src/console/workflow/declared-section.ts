import { z } from "zod";
import { field, fieldName } from "../../contract/template/field.ts";
import { interfaceSection } from "../callable/interface-section.ts";
import { element } from "../parts/element.ts";
import { fact } from "../parts/fact.ts";
import { valueText } from "../parts/value-text.ts";

const fields = z.record(fieldName, field);

/** What a workflow declares: a table where it has the shape of a template's fields, else key by key. Null where it declares nothing. */
export function declaredSection(title: string, declared: Record<string, unknown> | undefined): HTMLElement | null {
  if (declared === undefined) return null;
  const read = fields.safeParse(declared);
  if (read.success) return interfaceSection(title, read.data, "None.");
  const rows = Object.entries(declared).flatMap(([key, value]) =>
    fact(key, valueText(`${key} of ${title.toLowerCase()}`, value)),
  );
  return element("section", {}, element("h2", {}, title), element("dl", { class: "facts declared" }, ...rows));
}
