import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { CallableKind } from "../../contract/http/artifacts.ts";

/** What the catalogue is narrowed by, as the address spells it; "" is no filter. */
export interface CatalogueFilter {
  q: string;
  category: string;
  tag: string;
  runtime: string;
  gpu: "" | "true" | "false";
  state: "" | "live" | "deprecated" | "yanked" | "deleted";
}

/** What each kind's catalogue can be narrowed by, beside words, keywords and state. */
export const filtersOf = {
  template: ["category", "gpu"],
  function: ["runtime", "gpu"],
  workflow: ["category"],
  agent: [],
} as const satisfies Record<ArtifactKind, readonly (keyof CatalogueFilter)[]>;

const callableTabs = ["interface", "check", "source", "json"] as const;

/** The parts of an artifact's page that one looks at one at a time, by kind. The first is shown where the address names none. */
export const artifactTabs = {
  template: callableTabs,
  function: callableTabs,
  workflow: ["steps", "source", "json"],
  agent: ["skills", "source", "json"],
} as const satisfies Record<ArtifactKind, readonly [string, ...string[]]>;
export type ArtifactTab = (typeof artifactTabs)[ArtifactKind][number];

/** Where in the console one is. All of it is in the address after `#`, so every view can be linked to and gone back to. */
export type Place =
  | { page: "catalogue"; kind: ArtifactKind; filter: CatalogueFilter }
  | { page: "artifact"; kind: ArtifactKind; reference: string; tab: ArtifactTab }
  | { page: "comparison"; kind: CallableKind; name: string; from: string; to: string }
  | { page: "unknown"; path: string };
