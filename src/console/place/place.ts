import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { CallableKind } from "../../contract/http/artifacts.ts";
import type { RunState } from "../../contract/run/run-state.ts";

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

const callableTabs = ["interface", "run", "source", "json"] as const;

/** The parts of an artifact's page that one looks at one at a time, by kind. The first is shown where the address names none. */
export const artifactTabs = {
  template: callableTabs,
  function: callableTabs,
  workflow: ["steps", "run", "source", "json"],
  agent: ["skills", "source", "json"],
} as const satisfies Record<ArtifactKind, readonly [string, ...string[]]>;
export type ArtifactTab = (typeof artifactTabs)[ArtifactKind][number];

/** What the list of runs is narrowed by, as the address spells it; "" is no filter. */
export interface RunFilter {
  state: "" | RunState;
  kind: "" | ArtifactKind;
  /** Of the artifact; names are unique within their kind only. */
  name: string;
  /** "": runs of their own; `all`: those too that do a step of a workflow's run; else the run whose steps they do. */
  steps: string;
}

/** Where in the console one is. All of it is in the address after `#`, so every view can be linked to and gone back to. */
export type Place =
  | { page: "catalogue"; kind: ArtifactKind; filter: CatalogueFilter }
  | { page: "artifact"; kind: ArtifactKind; reference: string; tab: ArtifactTab }
  | { page: "comparison"; kind: CallableKind; name: string; from: string; to: string }
  | { page: "runs"; filter: RunFilter }
  | { page: "run"; id: string }
  | { page: "entity"; id: string }
  | { page: "deliveries"; source: string }
  | { page: "delivery"; source: string; id: string }
  | { page: "unknown"; path: string };
