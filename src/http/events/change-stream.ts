import type { FromListener } from "../../contract/announcement/change-event.ts";
import { headers } from "../../contract/http/headers.ts";
import { streamCheck } from "../../domain/announcement/told-change.ts";

/** How soon a browser comes back when the stream breaks. */
const retryMs = 2000;
/** Pieces that are sent on as one. */
const piecesAtOnce = 64;

/**
 * Changes as `text/event-stream` (WHATWG HTML, server-sent events): passes on what the hub writes. The hub's checks are answered once the reader has
 * taken what came before them, so a reader that is too slow is found out as a WebSocket's is. Its stream ends, and it comes back by itself.
 */
export function answerChangeStream(socket: WebSocket, requestId: string): Response {
  return new Response(streamOf(socket), {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
      [headers.requestId]: requestId,
    },
  });
}

function streamOf(socket: WebSocket): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const waiting: string[] = [`retry: ${retryMs}\n\n`];
  let isOver = false;
  let wake: () => void = () => undefined;
  const end = () => {
    isOver = true;
    wake();
  };
  return new ReadableStream<Uint8Array>({
    start() {
      socket.addEventListener("message", ({ data }) => {
        waiting.push(String(data));
        wake();
      });
      socket.addEventListener("close", end);
      socket.addEventListener("error", end);
      socket.accept();
    },
    async pull(controller) {
      for (;;) {
        const text = takeText(waiting, (seq) => say(socket, seq));
        if (text !== "") return controller.enqueue(encoder.encode(text));
        if (isOver) return controller.close();
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    cancel() {
      isOver = true;
      socket.close(1000, "the listener is gone");
    },
  });
}

/** What can be sent on now. A check that is reached was preceded by what the reader has taken. */
function takeText(waiting: string[], answer: (seq: number) => void): string {
  const pieces: string[] = [];
  while (pieces.length < piecesAtOnce) {
    const next = waiting[0];
    if (next === undefined) break;
    const isCheck = next.startsWith(streamCheck);
    if (isCheck && pieces.length > 0) break;
    waiting.shift();
    if (isCheck) answer(Number(next.slice(streamCheck.length)));
    else pieces.push(next);
  }
  return pieces.join("");
}

function say(socket: WebSocket, seq: number): void {
  const seen: FromListener = { message: "seen", seq };
  try {
    socket.send(JSON.stringify(seen));
  } catch {
    // It was closed already.
  }
}
