import type { Hono } from "hono";
import { cancelRun, replayRun } from "../../contract/http/runs.ts";
import { success } from "../../domain/result.ts";
import { cancelRun as cancel } from "../../operations/run/cancel-run.ts";
import { replayRun as replay } from "../../operations/run/replay-run.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { readIdempotencyKey } from "../requests/run-key.ts";
import { readWait } from "../requests/run-wait.ts";
import { answerCreatedRun } from "./answer-run.ts";

/** Replay and cancel. */
export function bindCreatingRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, replayRun, async ({ params, body, request, needs, caller }) => {
    const key = readIdempotencyKey(request);
    if (!key.ok) return key;
    const ask = { runId: params.run_id, request: body, caller: caller.name, key: key.value };
    const created = await replay(needs, ask);
    return created.ok ? answerCreatedRun(needs, created.value, readWait(request)) : created;
  });

  bindRoute(app, cancelRun, async ({ params, body, needs, caller }) => {
    const cancelled = await cancel(needs, { runId: params.run_id, by: caller.name, reason: body.reason ?? null });
    return cancelled.ok ? success(answerJson(cancelled.value, needs.requestId)) : cancelled;
  });
}
