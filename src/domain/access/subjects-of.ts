import { artifactKind, collectionOf } from "../../contract/artifact/kind.ts";
import type { Route } from "../../contract/http/route.ts";
import { splitReference } from "../artifact/parse-reference.ts";
import { repositoryOf } from "../oci/repository-kind.ts";

/** What a request is about, as far as its path and query say it. */
export type Subject =
  /** A name: a repository's. */
  | { of: "name"; name: string }
  /** The artifact of a run, or of an entity that has one. */
  | { of: "run" | "entity"; id: string }
  /** Names that nobody can know before. */
  | { of: "every name" };

/**
 * What a request to a route is about; none: lists, which show what fits, and what belongs to no name. Bodies are not looked at: what is
 * published is judged where it is registered. `params` and `query` are what the route's own schemas made of them.
 */
export function subjectsOf(
  { path, access }: Pick<Route, "path" | "access">,
  params: Record<string, unknown>,
  query: Record<string, unknown>,
): Subject[] {
  const collection = path.split("/")[2];
  const kind = artifactKind.options.find((one) => collectionOf[one] === collection);
  const named = params.name ?? params.reference;
  if (kind !== undefined && typeof named === "string") {
    return [{ of: "name", name: repositoryOf(kind, splitReference(named).name) }];
  }
  if (typeof params.run_id === "string") return [{ of: "run", id: params.run_id }];
  if (typeof params.entity_id === "string") {
    return [params.entity_id, query.to].flatMap((id) =>
      typeof id === "string" ? [{ of: "entity" as const, id }] : [],
    );
  }
  // A source publishes what its repository has: anything.
  return collection === "webhook-sources" && access === "publish" ? [{ of: "every name" }] : [];
}
