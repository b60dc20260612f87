import type { Hono } from "hono";
import { z } from "zod";
import { approveRun, listRunSteps, retryRun } from "../../contract/http/workflow-runs.ts";
import { limits } from "../../contract/limits.ts";
import { success } from "../../domain/result.ts";
import { answerApproval } from "../../operations/workflow-run/answer-approval.ts";
import { listSteps } from "../../operations/workflow-run/list-steps.ts";
import { retryRun as retry } from "../../operations/workflow-run/retry-run.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { nextLink } from "../requests/next-link.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";
import { readIdempotencyKey } from "../requests/run-key.ts";
import { readWait } from "../requests/run-wait.ts";
import { answerCreatedRun } from "./answer-run.ts";

const stepPlace = z.strictObject({ position: z.string(), path: z.string() });

/** What can be asked of a workflow's run alone: its steps, answers to those that ask, a retry. */
export function bindWorkflowRunRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, listRunSteps, async ({ params, query, request, needs }) => {
    const after = query.cursor === undefined ? success(null) : decodeCursor(stepPlace, query.cursor);
    if (!after.ok) return after;
    const page = await listSteps(needs.db, params.run_id, after.value, query.limit ?? limits.pageItemsDefault);
    if (!page.ok) return page;
    const { items, next } = page.value;
    const cursor = next === null ? null : encodeCursor(next);
    return success(answerJson({ items, next_cursor: cursor }, needs.requestId, 200, nextLink(request.url, cursor)));
  });

  bindRoute(app, approveRun, async ({ params, body, needs, caller }) => {
    const { step = null, approved, comment = null } = body;
    const given = { runId: params.run_id, step, approved, comment, by: caller.name };
    const answered = await answerApproval(needs, given);
    return answered.ok ? success(answerJson(answered.value, needs.requestId)) : answered;
  });

  bindRoute(app, retryRun, async ({ params, body, request, needs, caller }) => {
    const key = readIdempotencyKey(request);
    if (!key.ok) return key;
    const ask = { runId: params.run_id, from: body.from ?? null, caller: caller.name, key: key.value };
    const created = await retry(needs, ask);
    return created.ok ? answerCreatedRun(needs, created.value, readWait(request)) : created;
  });
}
