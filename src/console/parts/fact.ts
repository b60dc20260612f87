import { type Child, element } from "./element.ts";

/** A row of a `dl.facts`: what it is, and what is told of it. */
export function fact(term: string, ...details: Child[]): HTMLElement[] {
  return [element("dt", {}, term), element("dd", {}, ...details)];
}
