import { type ArtifactKind, artifactKind, collectionOf } from "../../contract/artifact/kind.ts";
import { isCallable } from "../../contract/http/artifacts.ts";
import { runId } from "../../contract/run/run-id.ts";
import { runState } from "../../contract/run/run-state.ts";
import {
  type ArtifactTab,
  artifactTabs,
  type CatalogueFilter,
  filtersOf,
  type Place,
  type RunFilter,
} from "./place.ts";

/** The place that `location.hash` names. */
export function readPlace(hash: string): Place {
  const [path = "", query = ""] = split(hash.replace(/^#/, ""));
  const search = new URLSearchParams(query);
  if (path === "" || path === "/") return catalogueOf("template", search);
  const hook = /^\/webhooks\/([^/]+)(?:\/([^/]+))?$/.exec(path);
  if (hook !== null) return hookOf(path, hook[1] ?? "", hook[2]);
  const [, collection, name, comparison] = /^\/([a-z]+)(?:\/([^/]+)(\/compare)?)?$/.exec(path) ?? [];
  const kind = artifactKind.options.find((one) => collectionOf[one] === collection);
  if (kind === undefined)
    return comparison === undefined ? recordOf(path, collection, name, search) : { page: "unknown", path };
  if (name === undefined) return catalogueOf(kind, search);
  const reference = decode(name);
  if (reference === null) return { page: "unknown", path };
  if (comparison === undefined) return { page: "artifact", kind, reference, tab: tabOf(kind, search.get("tab")) };
  if (!isCallable(kind)) return { page: "unknown", path };
  return { page: "comparison", kind, name: reference, from: search.get("from") ?? "", to: search.get("to") ?? "" };
}

/** A kind's filter out of a query. What it does not know, and what this kind cannot be narrowed by, is left out. */
export function readFilter(kind: ArtifactKind, search: URLSearchParams): CatalogueFilter {
  const own: readonly string[] = filtersOf[kind];
  const text = (key: string) => search.get(key)?.trim() ?? "";
  const ownText = (key: string) => (own.includes(key) ? text(key) : "");
  return {
    q: text("q"),
    category: ownText("category"),
    tag: text("tag"),
    runtime: ownText("runtime"),
    gpu: (["true", "false"] as const).find((one) => one === ownText("gpu")) ?? "",
    state: (["live", "deprecated", "yanked", "deleted"] as const).find((one) => one === text("state")) ?? "",
  };
}

/** The filter of the list of runs out of a query. What it does not know is left out. */
export function readRunFilter(search: URLSearchParams): RunFilter {
  const text = (key: string) => search.get(key)?.trim() ?? "";
  const kind = artifactKind.options.find((one) => one === text("kind")) ?? "";
  return {
    state: runState.options.find((one) => one === text("state")) ?? "",
    kind,
    name: kind === "" ? "" : text("name"),
    steps: text("steps") === "all" ? "all" : (runId.safeParse(text("steps")).data ?? ""),
  };
}

/** What came in from a webhook source: the list, or one of them. */
function hookOf(path: string, source: string, id: string | undefined): Place {
  const [name, delivery] = [decode(source), id === undefined ? undefined : decode(id)];
  if (name === null || delivery === null) return { page: "unknown", path };
  return delivery === undefined
    ? { page: "deliveries", source: name }
    : { page: "delivery", source: name, id: delivery };
}

/** What runs leave behind: the list of them, one of them, an entity. */
function recordOf(
  path: string,
  collection: string | undefined,
  id: string | undefined,
  search: URLSearchParams,
): Place {
  if (collection === "runs" && id === undefined) return { page: "runs", filter: readRunFilter(search) };
  if (collection === "runs" && id !== undefined) return { page: "run", id: decode(id) ?? id };
  if (collection === "entities" && id !== undefined) return { page: "entity", id: decode(id) ?? id };
  return { page: "unknown", path };
}

function catalogueOf(kind: ArtifactKind, search: URLSearchParams): Place {
  return { page: "catalogue", kind, filter: readFilter(kind, search) };
}

function tabOf(kind: ArtifactKind, asked: string | null): ArtifactTab {
  const tabs: readonly ArtifactTab[] = artifactTabs[kind];
  return tabs.find((one) => one === asked) ?? artifactTabs[kind][0];
}

/** At the first `?`: a selector never contains one unencoded. */
function split(text: string): [string, string] {
  const at = text.indexOf("?");
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
