import type { Hono } from "hono";
import { defaultPool } from "../../bindings/durable/runner-pool.ts";
import type { Failure } from "../../contract/failure.ts";
import {
  approveRunner,
  connectRunner,
  drainRunner,
  listPools,
  listRunners,
  removeRunner,
  resumeRunner,
} from "../../contract/http/runners.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { askAllPools, setRunner } from "../../operations/pool/ask-all-pools.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv, Needs } from "../needs.ts";

/** Routes under /v1/runners and /v1/pools. */
export function bindRunnerRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, connectRunner, async ({ query, request, needs }) => {
    if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") {
      const message = "runners connect by WebSocket: send `Upgrade: websocket`, or start `callsheet-runner run`";
      return refusal({ code: "UPGRADE_REQUIRED", message });
    }
    const pool = query.pool ?? defaultPool;
    const headers = { Upgrade: "websocket" };
    return success(await needs.pools(pool).fetch(new Request(`https://pool/connect?pool=${pool}`, { headers })));
  });

  bindRoute(app, listRunners, async ({ query, needs }) => {
    const runners = await askAllPools(needs, query.pool ?? null, (pool) => pool.runners());
    return success(answerJson({ items: runners.flat() }, needs.requestId));
  });

  bindRoute(app, listPools, async ({ needs }) => {
    const items = await askAllPools(needs, null, (pool) => pool.pool());
    return success(answerJson({ items }, needs.requestId));
  });

  bindRoute(app, approveRunner, ({ params, query, needs }) => change(needs, query.pool, params.runner_id, "approve"));
  bindRoute(app, drainRunner, ({ params, query, needs }) => change(needs, query.pool, params.runner_id, "drain"));
  bindRoute(app, resumeRunner, ({ params, query, needs }) => change(needs, query.pool, params.runner_id, "resume"));

  bindRoute(app, removeRunner, async ({ params, query, needs }) => {
    await setRunner(needs, query.pool ?? null, params.runner_id, "remove");
    return success(answerJson({ runner_id: params.runner_id }, needs.requestId));
  });
}

async function change(
  needs: Needs,
  pool: string | undefined,
  runnerId: string,
  what: "approve" | "drain" | "resume",
): Promise<Result<Response, Failure>> {
  const runner = await setRunner(needs, pool ?? null, runnerId, what);
  if (runner !== null) return success(answerJson(runner, needs.requestId));
  const where = pool === undefined ? "any pool that answers" : `the pool ${pool}`;
  const message = `no runner ${runnerId} is known to ${where}; GET /v1/runners lists them`;
  return refusal({ code: "RUNNER_NOT_FOUND", message });
}
