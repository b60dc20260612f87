import { element } from "./element.ts";

/** A field with its name beside it. */
export function labelled(label: string, field: HTMLElement): HTMLElement {
  return element("label", {}, element("span", {}, label), field);
}
