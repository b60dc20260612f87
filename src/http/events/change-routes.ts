import type { Hono } from "hono";
import { listEvents } from "../../contract/http/events.ts";
import { headers } from "../../contract/http/headers.ts";
import { limits } from "../../contract/limits.ts";
import { listenUntil } from "../../domain/announcement/listen-until.ts";
import { readChangeFilter } from "../../domain/announcement/read-change-filter.ts";
import { success } from "../../domain/result.ts";
import { followChanges } from "../../operations/announcement/follow-changes.ts";
import { listChanges } from "../../operations/announcement/list-changes.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { readLastEvent } from "../requests/last-event.ts";
import { chooseShape } from "../requests/stream-shape.ts";
import { answerChangeStream } from "./change-stream.ts";

/** `GET /v1/events`: changes of names, as a page, as a stream, over WebSocket. */
export function bindChangeRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, listEvents, async ({ query, request, needs, caller }) => {
    const filter = readChangeFilter(query);
    if (!filter.ok) return filter;
    const last = readLastEvent(request, query.after);
    if (!last.ok) return last;
    const shape = chooseShape(request);
    const allowed = [...caller.names];
    if (shape === "page") {
      const limit = query.limit ?? limits.pageItemsDefault;
      const question = { after: last.value ?? 0, limit, filter: filter.value, allowed };
      return success(answerJson(await listChanges(needs, question), needs.requestId));
    }
    const { types, names } = filter.value;
    const followed = await followChanges(needs, {
      filter: {
        types: types === null ? null : [...types],
        names: [...names],
        allowed,
        as: shape === "socket" ? "messages" : "stream",
      },
      after: last.value,
      until: listenUntil(caller, needs.now().getTime()),
    });
    if (!followed.ok) return followed;
    if (shape === "stream") return success(answerChangeStream(followed.value, needs.requestId));
    const told = { [headers.requestId]: needs.requestId };
    return success(new Response(null, { status: 101, webSocket: followed.value, headers: told }));
  });
}
