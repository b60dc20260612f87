import { codeBlock } from "./code-block.ts";
import { element } from "./element.ts";

const longestInline = 160;
const shownOfLong = 60;

/** A value out of a document: short ones in the line, long ones to be opened. */
export function valueText(what: string, value: unknown): HTMLElement {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text.length <= longestInline && !text.includes("\n")) return element("code", {}, text === "" ? '""' : text);
  const whole = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return element(
    "details",
    {},
    element("summary", {}, element("code", {}, `${text.replaceAll(/\s+/g, " ").slice(0, shownOfLong)}…`)),
    codeBlock(what, whole, typeof value === "string" ? "yaml" : "json"),
  );
}
