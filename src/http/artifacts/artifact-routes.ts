import type { Hono } from "hono";
import type { ArtifactRoutes } from "../../contract/http/artifact-routes.ts";
import type { AppEnv } from "../needs.ts";
import { bindLookupRoutes } from "./lookup-routes.ts";
import { bindReadingRoutes } from "./reading-routes.ts";
import { bindRunRoutes } from "./run-routes.ts";
import { bindTagRoutes } from "./tag-routes.ts";
import { bindVersionRoutes } from "./version-routes.ts";

/** All that one kind of callable artifact can be asked, but for registering it. */
export function bindArtifactRoutes(app: Hono<AppEnv>, routes: ArtifactRoutes): void {
  bindLookupRoutes(app, routes);
  bindReadingRoutes(app, routes);
  bindVersionRoutes(app, routes);
  bindTagRoutes(app, routes);
  bindRunRoutes(app, routes);
}
