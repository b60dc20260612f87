import type { Hono } from "hono";
import { z } from "zod";
import type { Failure } from "../../contract/failure.ts";
import { getRun, listRuns } from "../../contract/http/runs.ts";
import { limits } from "../../contract/limits.ts";
import { runId } from "../../contract/run/run-id.ts";
import { labelKey, labelValue } from "../../contract/run/run-request.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { listRuns as list } from "../../operations/run/list-runs.ts";
import { readRun } from "../../operations/run/read-run.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { nextLink } from "../requests/next-link.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";

const runPlace = z.strictObject({ before: runId });

/** What is read of runs: one, or a list. */
export function bindRunReadingRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, listRuns, async ({ query, request, needs, caller }) => {
    const before = query.cursor === undefined ? success(null) : decodeCursor(runPlace, query.cursor);
    if (!before.ok) return before;
    const label = readLabel(query.label);
    if (!label.ok) return label;
    const filter = {
      state: query.state ?? null,
      // A name is a template's unless the kind says otherwise: names are unique within their kind only.
      kind: query.kind ?? (query.name === undefined ? null : ("template" as const)),
      name: query.name ?? null,
      pool: query.pool ?? null,
      label: label.value,
      entity: query.entity?.toLowerCase() ?? null,
      parent: query.parent ?? null,
      names: caller.names,
    };
    const page = await list(needs.db, filter, before.value?.before ?? null, query.limit ?? limits.pageItemsDefault);
    const cursor = page.next === null ? null : encodeCursor({ before: page.next });
    const answer = { items: page.items, next_cursor: cursor };
    return success(answerJson(answer, needs.requestId, 200, nextLink(request.url, cursor)));
  });

  bindRoute(app, getRun, async ({ params, needs }) => {
    const run = await readRun(needs, params.run_id);
    return run.ok ? success(answerJson(run.value, needs.requestId)) : run;
  });
}

/** `key:value`; a key has no colon, a value may. */
function readLabel(text: string | undefined): Result<{ key: string; value: string } | null, Failure> {
  if (text === undefined) return success(null);
  const colon = text.indexOf(":");
  const key = labelKey.safeParse(text.slice(0, Math.max(colon, 0)));
  const value = labelValue.safeParse(text.slice(colon + 1));
  if (key.success && value.success) return success({ key: key.data, value: value.data });
  const message = `label is "${text.slice(0, 60)}"; it must be key:value, like team:vision`;
  return refusal({ code: "INVALID_REQUEST", message });
}
