import { Hono } from "hono";
import { allRoutes } from "../contract/http/all-routes.ts";
import { answerError } from "./answers/answer-error.ts";
import { answerProblem } from "./answers/answer-problem.ts";
import type { AppEnv } from "./needs.ts";
import { bindRegistryRoutes } from "./registry/registry-routes.ts";
import { honoPath } from "./requests/hono-path.ts";
import { bindLookupRoutes } from "./templates/lookup-routes.ts";
import { bindReadingRoutes } from "./templates/reading-routes.ts";
import { bindRegisterRoutes } from "./templates/register-routes.ts";
import { bindTagRoutes } from "./templates/tag-routes.ts";
import { bindVersionRoutes } from "./templates/version-routes.ts";

/** The whole HTTP surface. Its environment is `Needs`, wired for each request by the worker ring. */
export function createApp(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  bindLookupRoutes(app);
  bindRegisterRoutes(app);
  bindReadingRoutes(app);
  bindVersionRoutes(app);
  bindTagRoutes(app);
  bindRegistryRoutes(app);
  refuseOtherMethods(app);
  app.notFound((c) =>
    answerProblem(
      {
        code: "ROUTE_NOT_FOUND",
        message: `${c.req.method} ${c.req.path.slice(0, 200)} is no route of this API; GET /openapi.json lists them, /docs shows them`,
      },
      c.env.requestId,
    ),
  );
  app.onError((error, c) => answerError(error, c.req.raw, c.env.requestId));
  return app;
}

/** A path that exists, asked with a method that it does not take: 405 and which it takes (RFC 9110 section 15.5.6). */
function refuseOtherMethods(app: Hono<AppEnv>): void {
  // `{version}:yank` before `{version}`, which would take it for a version.
  const paths = [...new Set(allRoutes.map((route) => route.path))].sort((a, b) => b.length - a.length);
  for (const path of paths) {
    const methods: string[] = allRoutes.filter((route) => route.path === path).map((route) => route.method);
    const allowed = methods.includes("GET") ? [...methods, "HEAD"] : methods;
    app.all(honoPath(path), (c) =>
      answerProblem(
        {
          code: "METHOD_NOT_ALLOWED",
          message: `${path} does not take ${c.req.method}; it takes ${allowed.join(", ")}`,
        },
        c.env.requestId,
        { Allow: allowed.join(", ") },
      ),
    );
  }
}
