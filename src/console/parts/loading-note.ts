import { element } from "./element.ts";

/** Stands where something is about to be. Shown by the style sheet only after a moment, so that quick answers do not flicker. */
export function loadingNote(what: string): HTMLElement {
  return element("div", { class: "loading", role: "status" }, element("span", {}, `Reading ${what}…`));
}
