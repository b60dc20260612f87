import type { VersionState } from "../../contract/artifact/name-index.ts";
import { element } from "./element.ts";

const stateTitle = {
  live: "chosen by ranges and tags",
  deprecated: "still served, with a warning",
  yanked: "served by exact version or digest only",
  deleted: "gone; its number is never used again",
} as const satisfies Record<VersionState, string>;

/** A version's state, in a word and a colour. */
export function stateBadge(state: VersionState): HTMLElement {
  return element("span", { class: `badge badge-${state}`, title: stateTitle[state] }, state);
}

/** A short fact about a template. */
export function factBadge(text: string, title: string): HTMLElement {
  return element("span", { class: "badge", title }, text);
}
