import type { CatalogueFilter, TemplateTab } from "./place.ts";

/** Address of the catalogue, narrowed. */
export function catalogueLink(filter: Partial<CatalogueFilter>): string {
  return `#/${queryOf(filter)}`;
}

/** Address of a template's page; `reference` is `name` or `name@selector`. */
export function templateLink(reference: string, tab: TemplateTab = "interface"): string {
  return `#/templates/${segment(reference)}${queryOf({ tab: tab === "interface" ? "" : tab })}`;
}

/** Address of the comparison of two versions. */
export function comparisonLink(name: string, from: string, to: string): string {
  return `#/templates/${segment(name)}/compare${queryOf({ from, to })}`;
}

function segment(text: string): string {
  return encodeURIComponent(text).replaceAll("%40", "@");
}

function queryOf(values: Record<string, string>): string {
  const pairs = Object.entries(values).filter(([, value]) => value !== "");
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
}
