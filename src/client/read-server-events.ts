import { createParser } from "eventsource-parser";

/** What a stream of server-sent events says: an event's data, or a comment. */
export type StreamPiece = { kind: "data"; data: string } | { kind: "comment"; text: string };

/** A stream is silent for at most 17 s (the registry sends comments); more than twice that is a broken connection. */
const silenceMs = 45_000;

/** One connection's pieces, until it ends; what breaks it, silence too, is thrown. `open` makes the request. */
export async function* readServerEvents(
  open: (signal: AbortSignal) => Promise<Response>,
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamPiece, void, undefined> {
  const silence = new AbortController();
  const response = await open(signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]));
  if (response.body === null) return;
  const ready: StreamPiece[] = [];
  const parser = createParser({
    onEvent: ({ data }) => ready.push({ kind: "data", data }),
    onComment: (text) => ready.push({ kind: "comment", text }),
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const timer = setTimeout(() => silence.abort(new Error("the stream fell silent")), silenceMs);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      parser.feed(value);
      yield* ready.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The JSON of an event's data; undefined of what is none. */
export function parseData(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
