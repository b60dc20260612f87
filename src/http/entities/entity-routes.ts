import type { Hono } from "hono";
import type { AppEnv } from "../needs.ts";
import { bindEntityReadingRoutes } from "./reading-routes.ts";
import { bindEntityWritingRoutes } from "./writing-routes.ts";

/** Routes under /v1/entities. */
export function bindEntityRoutes(app: Hono<AppEnv>): void {
  bindEntityReadingRoutes(app);
  bindEntityWritingRoutes(app);
}
