import type { RoutedKind } from "../../contract/http/artifacts.ts";
import { artifactTabs, type CatalogueFilter, type Place } from "./place.ts";

/** The place that `location.hash` names. */
export function readPlace(hash: string): Place {
  const [path = "", query = ""] = split(hash.replace(/^#/, ""));
  const search = new URLSearchParams(query);
  if (path === "" || path === "/") return { page: "catalogue", kind: "template", filter: readFilter(search) };
  const [, collection, name, isComparison] = /^\/(templates|functions)(?:\/([^/]+)(\/compare)?)?$/.exec(path) ?? [];
  if (collection === undefined) return { page: "unknown", path };
  const kind: RoutedKind = collection === "functions" ? "function" : "template";
  if (name === undefined) return { page: "catalogue", kind, filter: readFilter(search) };
  const reference = decode(name);
  if (reference === null) return { page: "unknown", path };
  if (isComparison !== undefined) {
    return { page: "comparison", kind, name: reference, from: search.get("from") ?? "", to: search.get("to") ?? "" };
  }
  const tab = artifactTabs.find((one) => one === search.get("tab")) ?? "interface";
  return { page: "artifact", kind, reference, tab };
}

/** The catalogue's filter out of a query; what it does not know is left out. */
export function readFilter(search: URLSearchParams): CatalogueFilter {
  const text = (key: string) => search.get(key)?.trim() ?? "";
  return {
    q: text("q"),
    category: text("category"),
    tag: text("tag"),
    runtime: text("runtime"),
    gpu: (["true", "false"] as const).find((one) => one === text("gpu")) ?? "",
    state: (["live", "deprecated", "yanked", "deleted"] as const).find((one) => one === text("state")) ?? "",
  };
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
