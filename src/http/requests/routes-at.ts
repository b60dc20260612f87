import { allRoutes } from "../../contract/http/all-routes.ts";
import type { Route } from "../../contract/http/route.ts";
import { pathPattern } from "./hono-path.ts";

let patterns: { route: Route; pattern: RegExp }[] | null = null;

/** The routes that a path means, one for each method that it takes; none where it is no path of this API. */
export function routesAt(path: string): Route[] {
  patterns ??= allRoutes.map((route) => ({ route, pattern: pathPattern(route.path) }));
  const routes = patterns.flatMap(({ route, pattern }) => (pattern.test(path) ? [route] : []));
  // `runners/connect` fits `runners/{runner_id}` too, and `{version}:yank` fits `{version}`: fewer parameters, then the longer path, was meant.
  const [meant] = routes.toSorted(
    (a, b) => parametersOf(a.path) - parametersOf(b.path) || b.path.length - a.path.length,
  );
  return meant === undefined ? [] : routes.filter((route) => route.path === meant.path);
}

/** The methods of these routes, as `Allow` lists them. */
export function methodsOf(routes: readonly Route[]): string[] {
  const methods: string[] = routes.map((route) => route.method);
  return methods.includes("GET") ? [...methods, "HEAD"] : methods;
}

function parametersOf(path: string): number {
  return path.split("{").length;
}
