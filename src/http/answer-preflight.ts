import { headers } from "../contract/http/headers.ts";
import { isPublicRead, type PageRights } from "./answers/page-headers.ts";
import type { Needs } from "./needs.ts";
import { methodsOf, routesAt } from "./requests/routes-at.ts";

/** For how long a browser need not ask again; two hours is the longest that Chromium takes. */
const maxAgeSeconds = 7200;

/**
 * What a path takes, and whether a page of another origin may ask for it (the Fetch standard's preflight). Null: there is no such path. Which
 * headers a page sends does not matter, but for its token: only pages that the settings name may send one.
 */
export function answerPreflight(request: Request, path: string, needs: Needs): Response | null {
  const routes = routesAt(path);
  if (routes.length === 0) return null;
  const told = {
    Allow: [...methodsOf(routes), "OPTIONS"].join(", "),
    "Cache-Control": "no-store",
    [headers.requestId]: needs.requestId,
  };
  const origin = request.headers.get("origin");
  const wanted = request.headers.get("access-control-request-method");
  if (origin === null || wanted === null) return new Response(null, { status: 204, headers: told });
  return new Response(null, { status: 204, headers: { ...told, ...rightsOf(origin, routes, needs.pages) } });
}

function rightsOf(origin: string, routes: ReturnType<typeof routesAt>, pages: PageRights): Record<string, string> {
  const isKnown = pages.origins.includes(origin);
  const allowed = isKnown ? routes : routes.filter((route) => isPublicRead(pages, route));
  const vary = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
  if (allowed.length === 0) return { Vary: vary };
  return {
    Vary: vary,
    "Access-Control-Allow-Origin": isKnown ? origin : "*",
    "Access-Control-Allow-Methods": methodsOf(allowed).join(", "),
    // `*` is every header but `Authorization`, which must be named.
    "Access-Control-Allow-Headers": isKnown ? "Authorization, *" : "*",
    "Access-Control-Max-Age": String(maxAgeSeconds),
  };
}
