import type { Hono } from "hono";
import { cancelRun, replayRun } from "../../contract/http/runs.ts";
import { success } from "../../domain/result.ts";
import { cancelRun as cancel } from "../../operations/run/cancel-run.ts";
import { createRun } from "../../operations/run/create-run.ts";
import { prepareReplay } from "../../operations/run/prepare-replay.ts";
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
    const created = await createRun(needs, {
      caller: caller.name,
      key: key.value,
      content: { replay_of: params.run_id, request: body },
      prepare: () => prepareReplay(needs, params.run_id, body, caller.name),
    });
    return created.ok ? answerCreatedRun(needs, created.value, readWait(request)) : created;
  });

  bindRoute(app, cancelRun, async ({ params, body, needs, caller }) => {
    const cancelled = await cancel(needs, { runId: params.run_id, by: caller.name, reason: body.reason ?? null });
    return cancelled.ok ? success(answerJson(cancelled.value, needs.requestId)) : cancelled;
  });
}
