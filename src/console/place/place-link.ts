import { type ArtifactKind, collectionOf } from "../../contract/artifact/kind.ts";
import type { CallableKind } from "../../contract/http/artifacts.ts";
import { type ArtifactTab, artifactTabs, type CatalogueFilter } from "./place.ts";

/** Address of a kind's catalogue, narrowed. */
export function catalogueLink(kind: ArtifactKind, filter: Partial<CatalogueFilter>): string {
  return `#/${collectionOf[kind]}${queryOf(filter)}`;
}

/** Address of an artifact's page; `reference` is `name` or `name@selector`. */
export function artifactLink(kind: ArtifactKind, reference: string, tab: ArtifactTab = artifactTabs[kind][0]): string {
  return `#/${collectionOf[kind]}/${segment(reference)}${queryOf({ tab: tab === artifactTabs[kind][0] ? "" : tab })}`;
}

/** Address of the comparison of two versions. */
export function comparisonLink(kind: CallableKind, name: string, from: string, to: string): string {
  return `#/${collectionOf[kind]}/${segment(name)}/compare${queryOf({ from, to })}`;
}

function segment(text: string): string {
  return encodeURIComponent(text).replaceAll("%40", "@");
}

function queryOf(values: Record<string, string>): string {
  const pairs = Object.entries(values).filter(([, value]) => value !== "");
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
}
