import { type ArtifactKind, collectionOf } from "../../contract/artifact/kind.ts";
import type { CallableKind } from "../../contract/http/artifacts.ts";
import { type ArtifactTab, artifactTabs, type CatalogueFilter, type RunFilter } from "./place.ts";

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

/** Address of the list of runs, narrowed. */
export function runsLink(filter: Partial<RunFilter>): string {
  return `#/runs${queryOf(filter)}`;
}

/** Address of a run's page. */
export function runLink(id: string): string {
  return `#/runs/${segment(id)}`;
}

/** Address of an entity's page. */
export function entityLink(id: string): string {
  return `#/entities/${segment(id)}`;
}

/** Address of what came in from a webhook source. */
export function deliveriesLink(source: string): string {
  return `#/webhooks/${segment(source)}`;
}

/** Address of one delivery's page; what the registry posts to commits leads there. */
export function deliveryLink(source: string, id: string): string {
  return `${deliveriesLink(source)}/${segment(id)}`;
}

function segment(text: string): string {
  return encodeURIComponent(text).replaceAll("%40", "@");
}

function queryOf(values: Partial<Record<string, string>>): string {
  const pairs = Object.entries(values).flatMap(([key, value]) => (value ? [[key, value]] : []));
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
}
