import type { Context, Hono } from "hono";
import type { z } from "zod";
import type { Failure } from "../contract/failure.ts";
import type { Route } from "../contract/http/route.ts";
import { type Result, success } from "../domain/result.ts";
import { answerProblem } from "./answers/answer-problem.ts";
import type { AppEnv, Caller, Needs } from "./needs.ts";
import { honoPath, pathParams } from "./requests/hono-path.ts";
import { parsePart } from "./requests/parse-parts.ts";
import { readJson } from "./requests/read-json.ts";

/** A request whose parts are what its route declares. */
export interface Asked<R extends Route> {
  params: R extends { params: z.ZodType } ? z.output<R["params"]> : Record<string, never>;
  query: R extends { query: z.ZodType } ? z.output<R["query"]> : Record<string, never>;
  /** What the operation reads itself (documents, bytes, runs with files) is left in `request`. */
  body: R extends { body: { as: "json"; schema: z.ZodType } } ? z.output<R["body"]["schema"]> : undefined;
  request: Request;
  needs: Needs;
  caller: Caller;
}

/** What a route answers: a response, or a failure that becomes a problem here. */
export type Answer = Promise<Result<Response, Failure>>;

/**
 * Serves a declared route. Here, once for all routes: the caller's right is checked, the parts are parsed by the contract, and a
 * refusal becomes a problem.
 */
export function bindRoute<const R extends Route>(
  app: Hono<AppEnv>,
  route: R,
  answer: (asked: Asked<R>) => Answer,
): void {
  app.on(route.method, honoPath(route.path), async (c) => {
    const answered = await ask(route, c, answer);
    return answered.ok ? answered.value : answerProblem(answered.failure, c.env.requestId);
  });
}

async function ask<R extends Route>(route: R, c: Context<AppEnv>, answer: (asked: Asked<R>) => Answer): Answer {
  const needs = c.env;
  const caller = await needs.authorise(c.req.raw, route, pathParams(route.path, c.req.param()));
  if (!caller.ok) return caller;
  const params =
    route.params === undefined ? success({}) : parsePart(route.params, "path", pathParams(route.path, c.req.param()));
  if (!params.ok) return params;
  const query = parseQuery(route, c);
  if (!query.ok) return query;
  const body = route.body?.as === "json" ? await readJson(c.req.raw, route.body) : success(undefined);
  if (!body.ok) return body;
  const asked = {
    params: params.value,
    query: query.value,
    body: body.value,
    request: c.req.raw,
    needs,
    caller: caller.value,
  };
  // The parts were parsed by the very schemas that `Asked<R>` is inferred from; TypeScript cannot follow that through a generic.
  return answer(asked as unknown as Asked<R>);
}

function parseQuery(route: Route, c: Context<AppEnv>): Result<unknown, Failure> {
  if (route.query === undefined) return success({});
  const given = c.req.queries();
  // A parameter given twice is passed on as a list, which no schema of ours takes.
  const single = Object.fromEntries(
    Object.entries(given).map(([key, values]) => [key, values.length === 1 ? values[0] : values]),
  );
  return parsePart(route.query, "query", single);
}
