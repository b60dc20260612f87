import type { Hono } from "hono";
import { cancelRun, replayRun, runTemplate } from "../../contract/http/runs.ts";
import { success } from "../../domain/result.ts";
import { cancelRun as cancel } from "../../operations/run/cancel-run.ts";
import { createRun } from "../../operations/run/create-run.ts";
import { prepareReplay } from "../../operations/run/prepare-replay.ts";
import { runTemplate as run } from "../../operations/run/run-template.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { readMinSeq } from "../requests/min-seq.ts";
import { readRunBody } from "../requests/run-body.ts";
import { readIdempotencyKey } from "../requests/run-key.ts";
import { readWait } from "../requests/run-wait.ts";
import { readReference } from "../requests/template-reference.ts";
import { answerCreatedRun } from "./answer-run.ts";

/** Routes that make and cancel runs. */
export function bindCreatingRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, runTemplate, async ({ params, request, needs, caller }) => {
    const reference = readReference(params.reference, undefined);
    if (!reference.ok) return reference;
    const minSeq = readMinSeq(request);
    if (!minSeq.ok) return minSeq;
    const key = readIdempotencyKey(request);
    if (!key.ok) return key;
    const body = await readRunBody(request);
    if (!body.ok) return body;
    const asked = { kind: "template" as const, ...reference.value, minSeq: minSeq.value };
    const created = await run(needs, { reference: asked, ...body.value, caller: caller.name, key: key.value });
    return created.ok ? answerCreatedRun(needs, created.value, readWait(request)) : created;
  });

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
