import { callRoutes } from "./call-routes.ts";
import type { Collection } from "./collection.ts";
import { lookupRoutes } from "./lookup-routes.ts";
import { runRoute } from "./run-route.ts";
import { tagRoutes } from "./tag-routes.ts";
import { versionRoutes } from "./version-routes.ts";

/** The routes that every kind of artifact has: what works for one works for all. */
export function artifactRoutesOf(of: Collection) {
  return { of, ...lookupRoutes(of), versions: versionRoutes(of), tags: tagRoutes(of) };
}

/** The routes that every kind has. */
export type ArtifactRoutes = ReturnType<typeof artifactRoutesOf>;

/** The routes of a kind that has an interface: what can be compared, described, checked and run. */
export function callableRoutesOf(of: Collection) {
  return { ...artifactRoutesOf(of), ...callRoutes(of), run: runRoute(of) };
}

/** The routes of one kind of callable artifact. */
export type CallableRoutes = ReturnType<typeof callableRoutesOf>;
