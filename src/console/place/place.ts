import type { RoutedKind } from "../../contract/http/artifacts.ts";

/** What the catalogue is narrowed by, as the address spells it; "" is no filter. */
export interface CatalogueFilter {
  q: string;
  category: string;
  tag: string;
  runtime: string;
  gpu: "" | "true" | "false";
  state: "" | "live" | "deprecated" | "yanked" | "deleted";
}

/** The parts of an artifact's page that one looks at one at a time. */
export const artifactTabs = ["interface", "check", "source", "json"] as const;
export type ArtifactTab = (typeof artifactTabs)[number];

/** Where in the console one is. All of it is in the address after `#`, so every view can be linked to and gone back to. */
export type Place =
  | { page: "catalogue"; kind: RoutedKind; filter: CatalogueFilter }
  | { page: "artifact"; kind: RoutedKind; reference: string; tab: ArtifactTab }
  | { page: "comparison"; kind: RoutedKind; name: string; from: string; to: string }
  | { page: "unknown"; path: string };
