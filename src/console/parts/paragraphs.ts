import { element } from "./element.ts";

/** A description's paragraphs; the first one leads, in a class of its own. */
export function paragraphs(text: string | undefined, firstClass: string): HTMLElement[] {
  const [first, ...others] = text?.split(/\n{2,}/) ?? [];
  if (first === undefined) return [];
  return [
    element("p", { class: firstClass }, first),
    ...others.map((other) => element("p", { class: "prose" }, other)),
  ];
}
