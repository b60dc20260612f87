import type { Route } from "../../contract/http/route.ts";

/** Which web pages of other origins may ask. */
export interface PageRights {
  /** Whether looking things up needs no token: then pages of all origins may. */
  publicReads: boolean;
  /** Origins whose pages may ask for the rest too, with a token of their own. */
  origins: readonly string[];
}

/** Whether everyone may read what a route answers. */
export function isPublicRead(
  { publicReads }: PageRights,
  { access, method }: Pick<Route, "access" | "method">,
): boolean {
  return method === "GET" && (access === "open" || (access === "read" && publicReads));
}

/** What an answer that is not for everyone says to the page that asked (the Fetch standard's CORS protocol). */
export function pageHeaders({ origins }: PageRights, request: Request): Record<string, string> {
  if (origins.length === 0) return {};
  const origin = request.headers.get("origin");
  const isKnown = origin !== null && origins.includes(origin);
  return {
    Vary: "Origin",
    ...(isKnown ? { "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "*" } : {}),
  };
}
