import { headers } from "../../contract/http/headers.ts";
import { type RunEvent, runEvent } from "../../contract/run/run-event.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import type { FollowedEvents } from "../../operations/run/follow-run-events.ts";

/** So that proxies do not take a quiet stream for a dead one. */
const heartbeatMs = 15_000;
/** How soon a browser comes back when the stream breaks. */
const retryMs = 2000;

/**
 * A run's events as `text/event-stream` (WHATWG HTML, server-sent events). The stream ends with the run. A browser takes any end for a
 * broken line and comes back; 204 tells it that there is nothing more.
 */
export function answerEventStream(followed: FollowedEvents, requestId: string): Response {
  if (followed.kind === "whole" && followed.events.length === 0) {
    return new Response(null, {
      status: 204,
      headers: { "Cache-Control": "no-cache", [headers.requestId]: requestId },
    });
  }
  const body = followed.kind === "whole" ? wholeStream(followed.events) : liveStream(followed.socket);
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
      [headers.requestId]: requestId,
    },
  });
}

function wholeStream(events: readonly RunEvent[]): string {
  return `retry: ${retryMs}\n\n${events.map(formatEvent).join("")}`;
}

/** What the pool's socket sends, until it closes it: it does so after the run's last event. */
function liveStream(socket: WebSocket): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let heartbeat: ReturnType<typeof setInterval> | null = null;
  let isOver = false;
  const end = (close: () => void) => {
    if (isOver) return;
    isOver = true;
    clearInterval(heartbeat);
    close();
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => {
        if (!isOver) controller.enqueue(encoder.encode(text));
      };
      const finish = () => end(() => controller.close());
      socket.addEventListener("message", ({ data }) => {
        try {
          const event = runEvent.parse(JSON.parse(String(data)));
          send(formatEvent(event));
          if (isLast(event)) finish();
        } catch (error) {
          end(() => controller.error(error));
        }
      });
      socket.addEventListener("close", finish);
      socket.addEventListener("error", finish);
      socket.accept();
      send(`retry: ${retryMs}\n\n`);
      heartbeat = setInterval(() => send(": still here\n\n"), heartbeatMs);
    },
    cancel() {
      end(() => socket.close(1000, "the listener is gone"));
    },
  });
}

function isLast(event: RunEvent): boolean {
  return event.type === "state" && isFinal(event.state);
}

/** JSON has no line breaks of its own, so `data` is one line. */
function formatEvent(event: RunEvent): string {
  return `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
