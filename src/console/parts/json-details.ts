import { codeBlock } from "./code-block.ts";
import { element } from "./element.ts";

/** Something as JSON, closed until one wants to see it. */
export function jsonDetails(title: string, what: string, value: unknown): HTMLElement {
  return element("details", {}, element("summary", {}, title), codeBlock(what, JSON.stringify(value, null, 2), "json"));
}
