/** What the catalogue is narrowed by, as the address spells it; "" is no filter. */
export interface CatalogueFilter {
  q: string;
  category: string;
  tag: string;
  gpu: "" | "true" | "false";
  state: "" | "live" | "deprecated" | "yanked" | "deleted";
}

/** The parts of a template's page that one looks at one at a time. */
export const templateTabs = ["interface", "check", "source", "json"] as const;
export type TemplateTab = (typeof templateTabs)[number];

/** Where in the console one is. All of it is in the address after `#`, so every view can be linked to and gone back to. */
export type Place =
  | { page: "catalogue"; filter: CatalogueFilter }
  | { page: "template"; reference: string; tab: TemplateTab }
  | { page: "comparison"; name: string; from: string; to: string }
  | { page: "unknown"; path: string };
