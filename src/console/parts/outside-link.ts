import { element } from "./element.ts";

/** A link that leads out of the registry, to where an author says; that place is not told where one comes from. */
export function outsideLink(url: string, text: string): HTMLElement {
  return element("a", { href: url, rel: "noreferrer nofollow" }, text);
}
