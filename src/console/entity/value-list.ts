import { digest } from "../../contract/artifact/digest.ts";
import type { Registry } from "../open-registry.ts";
import { element } from "../parts/element.ts";
import { fact } from "../parts/fact.ts";
import { valueText } from "../parts/value-text.ts";
import { fileView } from "./file-view.ts";

/** More files than this are not looked up in one list. */
const mostFiles = 24;

/** Values by name, as inputs and outputs are; of files what they are. */
export function valueList(
  registry: Registry,
  what: string,
  values: Record<string, unknown>,
  left: AbortSignal,
): HTMLElement {
  const rows = Object.entries(values).flatMap(([name, value]) => {
    const files = filesIn(value).slice(0, mostFiles);
    return fact(
      name,
      valueText(`${name} of ${what}`, value),
      ...files.map((one, index) => fileView(registry, one, files.length === 1 ? name : `${name} ${index + 1}`, left)),
    );
  });
  if (rows.length === 0) return element("p", { class: "quiet" }, "Nothing.");
  return element("dl", { class: "facts value-list" }, ...rows);
}

/** The files that a value is, or that a list of them names. */
function filesIn(value: unknown): string[] {
  const found = digest.safeParse(value);
  if (found.success) return [found.data];
  return Array.isArray(value) ? value.flatMap((member) => digest.safeParse(member).data ?? []) : [];
}
