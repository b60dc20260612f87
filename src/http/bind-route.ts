import type { Context, Hono } from "hono";
import type { z } from "zod";
import type { Failure } from "../contract/failure.ts";
import type { Route } from "../contract/http/route.ts";
import type { Caller } from "../domain/access/caller.ts";
import { type Result, refusal, success } from "../domain/result.ts";
import { answerError, logError } from "./answers/answer-error.ts";
import { answerInTime, secondsOf, timedOut } from "./answers/answer-in-time.ts";
import { answerProblem } from "./answers/answer-problem.ts";
import { isPublicRead, pageHeaders } from "./answers/page-headers.ts";
import { rateHeaders, tooManyRequests } from "./answers/rate-headers.ts";
import { addHeaders, isHttps, secureHeaders } from "./answers/secure-headers.ts";
import type { AppEnv, Needs } from "./needs.ts";
import { noteAct } from "./note-act.ts";
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
 * Serves a declared route. Here, once for all routes: the caller's right is checked and their request counted, the parts are parsed by the
 * contract, the route is held to its time, and a refusal becomes a problem.
 */
export function bindRoute<const R extends Route>(
  app: Hono<AppEnv>,
  route: R,
  answer: (asked: Asked<R>) => Answer,
): void {
  app.on(route.method, honoPath(route.path), async (c) => {
    const { raw: request } = c.req;
    const needs = c.env;
    const told: Told = {};
    const seconds = secondsOf(route, request);
    const failed = (error: unknown) => success(answerError(error, needs));
    const answered = await answerInTime(
      seconds,
      noteOutcome(route, c, ask(route, c, answer, told)),
      (work) => needs.later(work.catch((error) => logError(error, request, needs.requestId))),
      () => timedOut(request.method, seconds ?? 0),
    ).catch(failed);
    if (!answered.ok) needs.notes.code = answered.failure.code;
    const response = answered.ok ? answered.value : answerProblem(answered.failure, needs.requestId);
    const isPublic = told.isSigned === true || isPublicRead(needs.pages, route);
    return addHeaders(response, {
      ...secureHeaders({ isPublic, isHttps: isHttps(request) }),
      ...told.headers,
      ...(isPublic ? {} : pageHeaders(needs.pages, request)),
    });
  });
}

/** What came of a request, once the audit log has it as far as whoever asked relies on that. */
async function noteOutcome(route: Route, c: Context<AppEnv>, answering: Answer): Answer {
  c.env.notes.route = route.path;
  const answered = await answering;
  await noteAct(c.env, route, pathParams(route.path, c.req.param()), answered);
  return answered;
}

/** What is found out on the way to an answer and told with it, whatever it is. */
interface Told {
  headers?: Record<string, string>;
  /** Whoever has the signed address may read what is there, a page of another origin too. */
  isSigned?: boolean;
}

async function ask<R extends Route>(
  route: R,
  c: Context<AppEnv>,
  answer: (asked: Asked<R>) => Answer,
  told: Told,
): Answer {
  const needs = c.env;
  const caller = await needs.authorise(c.req.raw, route, pathParams(route.path, c.req.param()));
  const counted = await needs.countRequest(caller.ok ? caller.value : needs.asker.caller);
  told.headers = rateHeaders(counted);
  if (counted?.isOver) return refusal(tooManyRequests(counted));
  if (!caller.ok) return caller;
  told.isSigned = c.req.raw.method === "GET" && caller.value.name.startsWith("signed:");
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
