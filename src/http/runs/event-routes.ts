import type { Hono } from "hono";
import { z } from "zod";
import { headers } from "../../contract/http/headers.ts";
import { listRunEvents, listRunLogs } from "../../contract/http/runs.ts";
import { limits } from "../../contract/limits.ts";
import { success } from "../../domain/result.ts";
import { followRunEvents } from "../../operations/run/follow-run-events.ts";
import { readRunEvents } from "../../operations/run/read-run-events.ts";
import { readRunLogs } from "../../operations/run/read-run-logs.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { readLastEvent } from "../requests/last-event.ts";
import { nextLink } from "../requests/next-link.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";
import { accepts, chooseShape } from "../requests/stream-shape.ts";
import { answerEventSocket } from "./event-socket.ts";
import { answerEventStream } from "./event-stream.ts";

const logPlace = z.strictObject({ after: z.int().nonnegative() });

/** What happened in a run and what its handler wrote: as pages, as a stream, as plain text. */
export function bindEventRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, listRunEvents, async ({ params, query, request, needs }) => {
    const last = readLastEvent(request, query.after);
    if (!last.ok) return last;
    const after = last.value ?? 0;
    const shape = chooseShape(request);
    if (shape === "page") {
      const page = await readRunEvents(needs, params.run_id, after, query.limit ?? limits.pageItemsDefault);
      return page.ok ? success(answerJson(page.value, needs.requestId)) : page;
    }
    const followed = await followRunEvents(needs, params.run_id, after);
    if (!followed.ok) return followed;
    return success(
      shape === "socket"
        ? answerEventSocket(followed.value, needs.requestId)
        : answerEventStream(followed.value, needs.requestId),
    );
  });

  bindRoute(app, listRunLogs, async ({ params, query, request, needs }) => {
    const place = query.cursor === undefined ? success({ after: 0 }) : decodeCursor(logPlace, query.cursor);
    if (!place.ok) return place;
    const isText = accepts(request, "text/plain");
    const limit = query.limit ?? (isText ? limits.eventsPerRun : limits.pageItemsDefault);
    const question = { runId: params.run_id, attempt: query.attempt ?? null, after: place.value.after, limit };
    const read = await readRunLogs(needs, question);
    if (!read.ok) return read;
    const { lines, ended, next } = read.value;
    const cursor = next === null ? null : encodeCursor({ after: next });
    const told = nextLink(request.url, cursor);
    if (!isText) return success(answerJson({ lines, ended, next_cursor: cursor }, needs.requestId, 200, told));
    const text = lines.map((line) => `${line.text}\n`).join("");
    return success(
      new Response(text, {
        headers: {
          "Content-Type": "text/plain; charset=utf-8",
          "Cache-Control": "no-cache",
          "X-Content-Type-Options": "nosniff",
          [headers.requestId]: needs.requestId,
          ...told,
        },
      }),
    );
  });
}
