import { element } from "../parts/element.ts";

/** Stands where a document would be shown that this console cannot read. */
export function newerReleaseNote(exact: string): HTMLElement {
  return element(
    "p",
    { class: "panel" },
    `${exact} has keys that this console does not know: the registry is of a newer release. Its source and its JSON are in the other tabs; reload the page for a newer console.`,
  );
}
