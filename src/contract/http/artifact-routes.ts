import type { Collection } from "./collection.ts";
import { lookupRoutes } from "./lookup-routes.ts";
import { runRoute } from "./run-route.ts";
import { tagRoutes } from "./tag-routes.ts";
import { versionRoutes } from "./version-routes.ts";

/** The routes that every kind of callable artifact has: what works for one works for all. */
export function artifactRoutesOf(of: Collection) {
  return { of, ...lookupRoutes(of), versions: versionRoutes(of), tags: tagRoutes(of), run: runRoute(of) };
}

/** The routes of one kind. */
export type ArtifactRoutes = ReturnType<typeof artifactRoutesOf>;
