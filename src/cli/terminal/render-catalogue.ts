import type { CatalogueEntry } from "../../contract/artifact/catalogue.ts";
import type { VersionState } from "../../contract/artifact/name-index.ts";
import type { Colors, Terminal } from "./open-terminal.ts";
import { table } from "./table.ts";

/** A catalogue page as a table; what an empty one means depends on whether something was searched. */
export function renderCatalogue(terminal: Terminal, items: readonly CatalogueEntry[], q: string | undefined): string {
  if (items.length === 0) {
    return q === undefined
      ? "no template fits. `callsheet publish <folder>` registers some; fewer filters may show more"
      : `nothing fits “${q}”; try fewer or shorter words`;
  }
  const rows = items.map((item) => [
    item.name,
    item.version,
    item.abstract ? `${item.state}, abstract` : item.state,
    item.category ?? "",
    item.gpu ? "gpu" : "",
    item.title ?? item.description ?? "",
  ]);
  return table(terminal, ["NAME", "VERSION", "STATE", "CATEGORY", "GPU", "TITLE"], rows, (text, column) =>
    column === 0 ? terminal.colors.bold(text) : column === 2 ? paintState(text, terminal.colors) : text,
  );
}

const stateColor = { live: "green", deprecated: "yellow", yanked: "red", deleted: "red" } as const satisfies Record<
  VersionState,
  keyof Colors
>;

/** A version's state in its colour; `live, abstract` counts as `live`. */
export function paintState(text: string, colors: Colors): string {
  for (const [state, color] of Object.entries(stateColor)) if (text.startsWith(state)) return colors[color](text);
  return text;
}
