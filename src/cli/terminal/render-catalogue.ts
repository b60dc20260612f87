import type { CatalogueEntry } from "../../contract/artifact/catalogue.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { VersionState } from "../../contract/artifact/name-index.ts";
import type { Colors, Terminal } from "./open-terminal.ts";
import { table } from "./table.ts";

interface Shape {
  /** What an empty list means where nothing was searched. */
  empty: string;
  head: readonly string[];
  row(item: CatalogueEntry): string[];
}

const shapes = {
  template: {
    empty: "no template fits. `callsheet publish <folder>` registers some; fewer filters may show more",
    head: ["NAME", "VERSION", "STATE", "CATEGORY", "GPU", "TITLE"],
    row: (item) => [
      item.name,
      item.version,
      item.abstract ? `${item.state}, abstract` : item.state,
      item.category ?? "",
      item.gpu ? "gpu" : "",
      item.title ?? item.description ?? "",
    ],
  },
  function: {
    empty: "no function fits. `callsheet functions new` writes one to begin with; fewer filters may show more",
    head: ["NAME", "VERSION", "STATE", "RUNTIME", "GPU", "SUMMARY"],
    row: (item) => [
      item.name,
      item.version,
      item.state,
      item.runtime,
      item.gpu ? "gpu" : "",
      (item.description ?? "").split("\n\n")[0] ?? "",
    ],
  },
  workflow: {
    empty:
      "no workflow fits. `callsheet publish <folder>` and `callsheet push <file>` register some; fewer filters may show more",
    head: ["NAME", "VERSION", "STATE", "CATEGORY", "TITLE"],
    row: (item) => [item.name, item.version, item.state, item.category ?? "", item.title ?? item.description ?? ""],
  },
  agent: {
    empty: "no agent fits. `callsheet publish <card>` registers one; fewer filters may show more",
    head: ["NAME", "VERSION", "STATE", "TITLE"],
    row: (item) => [item.name, item.version, item.state, item.title ?? item.description ?? ""],
  },
} as const satisfies Record<ArtifactKind, Shape>;

/** A catalogue page as a table; what an empty one means depends on whether something was searched. */
export function renderCatalogue(
  terminal: Terminal,
  kind: ArtifactKind,
  items: readonly CatalogueEntry[],
  q: string | undefined,
): string {
  const { empty, head, row } = shapes[kind];
  if (items.length === 0) return q === undefined ? empty : `nothing fits “${q}”; try fewer or shorter words`;
  return table(terminal, head, items.map(row), (text, column) =>
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
