import type { Hono } from "hono";
import { z } from "zod";
import type { Failure } from "../../contract/failure.ts";
import { headers } from "../../contract/http/headers.ts";
import { listRunEvents, listRunLogs } from "../../contract/http/runs.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { followRunEvents } from "../../operations/run/follow-run-events.ts";
import { readRunEvents } from "../../operations/run/read-run-events.ts";
import { readRunLogs } from "../../operations/run/read-run-logs.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { nextLink } from "../requests/next-link.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";
import { answerEventSocket } from "./event-socket.ts";
import { answerEventStream } from "./event-stream.ts";

const logPlace = z.strictObject({ after: z.int().nonnegative() });

/** What happened in a run and what its handler wrote: as pages, as a stream, as plain text. */
export function bindEventRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, listRunEvents, async ({ params, query, request, needs }) => {
    const last = readLastEvent(request, query.after);
    if (!last.ok) return last;
    const shape = chooseShape(request);
    if (shape === "page") {
      const page = await readRunEvents(needs, params.run_id, last.value, query.limit ?? limits.pageItemsDefault);
      return page.ok ? success(answerJson(page.value, needs.requestId)) : page;
    }
    const followed = await followRunEvents(needs, params.run_id, last.value);
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

function chooseShape(request: Request): "socket" | "stream" | "page" {
  if (request.headers.get("upgrade")?.toLowerCase() === "websocket") return "socket";
  return accepts(request, "text/event-stream") ? "stream" : "page";
}

/** Whether the caller names this media type. */
function accepts(request: Request, mediaType: string): boolean {
  const accept = request.headers.get("accept") ?? "";
  return accept.split(",").some((wish) => wish.split(";")[0]?.trim().toLowerCase() === mediaType);
}

/** `Last-Event-ID` is what a browser sends when it comes back: newer than the address it began with. */
function readLastEvent(request: Request, after: number | undefined): Result<number, Failure> {
  const given = request.headers.get("last-event-id");
  if (given === null || given === "") return success(after ?? 0);
  if (/^\d{1,15}$/.test(given)) return success(Number(given));
  const message = `Last-Event-ID is "${given.slice(0, 40)}"; it must be the id of an event, in decimal digits`;
  return refusal({ code: "INVALID_REQUEST", message });
}
