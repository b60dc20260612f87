import type { Hono } from "hono";
import { headers } from "../../contract/http/headers.ts";
import { getMetrics } from "../../contract/http/registry.ts";
import { success } from "../../domain/result.ts";
import { readMetrics } from "../../operations/metrics/read-metrics.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";

/** `GET /metrics`. */
export function bindMetricsRoute(app: Hono<AppEnv>): void {
  bindRoute(app, getMetrics, async ({ needs }) => {
    const told = {
      "Content-Type": "text/plain; version=0.0.4; charset=utf-8",
      "Cache-Control": "no-store",
      [headers.requestId]: needs.requestId,
    };
    return success(new Response(await readMetrics(needs), { headers: told }));
  });
}
