import type { Hono } from "hono";
import type { ArtifactRoutes, CallableRoutes } from "../../contract/http/artifact-routes.ts";
import type { AppEnv } from "../needs.ts";
import { bindCallRoutes } from "./call-routes.ts";
import { bindLookupRoutes } from "./lookup-routes.ts";
import { bindReadingRoutes } from "./reading-routes.ts";
import { bindRunRoutes } from "./run-routes.ts";
import { bindTagRoutes } from "./tag-routes.ts";
import { bindVersionRoutes } from "./version-routes.ts";

/** All that any kind of artifact can be asked, but for registering it. */
export function bindArtifactRoutes(app: Hono<AppEnv>, routes: ArtifactRoutes): void {
  bindLookupRoutes(app, routes);
  bindReadingRoutes(app, routes);
  bindVersionRoutes(app, routes);
  bindTagRoutes(app, routes);
}

/** The same of a kind that has an interface, and what is asked of that. */
export function bindCallableRoutes(app: Hono<AppEnv>, routes: CallableRoutes): void {
  bindArtifactRoutes(app, routes);
  bindCallRoutes(app, routes);
  bindRunRoutes(app, routes);
}
