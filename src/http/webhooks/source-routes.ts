import type { Hono } from "hono";
import { deleteSource, listSourceRows } from "../../bindings/d1/webhook/source-row.ts";
import {
  changeSource as changeRoute,
  createSource as createRoute,
  getSource,
  listSources,
  removeSource,
  syncSource as syncRoute,
} from "../../contract/http/webhooks.ts";
import { success } from "../../domain/result.ts";
import { changeSource } from "../../operations/webhook/change-source.ts";
import { createSource } from "../../operations/webhook/create-source.ts";
import { findSource, sourceOf } from "../../operations/webhook/find-source.ts";
import { syncSource } from "../../operations/webhook/sync-source.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";

/** Where pushes come from: added, changed, removed, synced. */
export function bindHookSourceRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, createRoute, async ({ body, needs, caller }) => {
    const created = await createSource(needs, body, caller.name);
    if (!created.ok) return created;
    const location = { Location: `/v1/webhook-sources/${created.value.name}` };
    return success(answerJson(created.value, needs.requestId, 201, location));
  });

  bindRoute(app, listSources, async ({ needs }) => {
    const rows = await listSourceRows(needs.db);
    return success(answerJson({ items: rows.map(sourceOf) }, needs.requestId));
  });

  bindRoute(app, getSource, async ({ params, needs }) => {
    const found = await findSource(needs.db, params.source);
    return found.ok ? success(answerJson(sourceOf(found.value), needs.requestId)) : found;
  });

  bindRoute(app, changeRoute, async ({ params, body, needs }) => {
    const changed = await changeSource(needs, params.source, body);
    return changed.ok ? success(answerJson(changed.value, needs.requestId)) : changed;
  });

  bindRoute(app, removeSource, async ({ params, needs }) => {
    const found = await findSource(needs.db, params.source);
    if (!found.ok) return found;
    await deleteSource(needs.db, params.source);
    return success(answerJson(sourceOf(found.value), needs.requestId));
  });

  bindRoute(app, syncRoute, async ({ params, request, needs, caller }) => {
    const asked = { registryUrl: new URL(request.url).origin, by: caller.name };
    const queued = await syncSource(needs, params.source, asked);
    return queued.ok ? success(answerJson(queued.value, needs.requestId, 202)) : queued;
  });
}
