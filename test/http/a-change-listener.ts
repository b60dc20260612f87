import { createParser } from "eventsource-parser";
import { expect, vi } from "vitest";
import {
  type ChangeEvent,
  changeEvent,
  type ToListener,
  toListener,
} from "../../src/contract/announcement/change-event.ts";
import { ask } from "./a-registry.ts";

/** One who listens to changes, and all that it heard. */
export interface ChangeListener {
  messages: ToListener[];
  /** Changes that it heard, in their order. */
  changes(): ChangeEvent[];
  /** Waits until it has heard so many changes. */
  hears(count: number): Promise<ChangeEvent[]>;
  say(message: unknown): void;
  closed: Promise<{ code: number; reason: string }>;
  leave(): void;
}

/** Listens on a socket; `answersChecks`: as the protocol asks for. */
export function listenOn(socket: WebSocket, answersChecks = true): ChangeListener {
  const messages: ToListener[] = [];
  const say = (message: unknown) => socket.send(typeof message === "string" ? message : JSON.stringify(message));
  socket.addEventListener("message", ({ data }) => {
    const message = toListener.parse(JSON.parse(String(data)));
    messages.push(message);
    if (message.message === "check" && answersChecks) say({ message: "seen", seq: message.seq });
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.addEventListener("close", ({ code, reason }) => resolve({ code, reason }));
  });
  socket.accept();
  const changes = () => messages.flatMap((told) => (told.message === "changes" ? told.changes : []));
  return {
    messages,
    changes,
    hears: async (count) => {
      await vi.waitFor(() => expect(changes().length).toBeGreaterThanOrEqual(count), { timeout: 15_000 });
      return changes();
    },
    say,
    closed,
    leave: () => socket.close(1000, "enough"),
  };
}

/** Listens to `GET /v1/events` over WebSocket. */
export async function listen(query = "", headers: Record<string, string> = {}): Promise<ChangeListener> {
  const response = await ask("GET", `/v1/events${query}`, { headers: { Upgrade: "websocket", ...headers } });
  expect(response.status).toBe(101);
  if (response.webSocket === null) throw new Error("no WebSocket came");
  return listenOn(response.webSocket);
}

/** What a stream of changes said. */
export interface ChangeStream {
  events: ChangeEvent[];
  ids: string[];
  comments: string[];
}

/** Asks for changes as a stream. */
export function openStream(query = "", headers: Record<string, string> = {}): Promise<Response> {
  return ask("GET", `/v1/events${query}`, { headers: { Accept: "text/event-stream", ...headers } });
}

/** Reads a stream until it ends, or what it said is enough. */
export async function readChanges(
  response: Response,
  isEnough: (read: ChangeStream) => boolean = () => false,
): Promise<ChangeStream> {
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const read: ChangeStream = { events: [], ids: [], comments: [] };
  const parser = createParser({
    onEvent: ({ id, event, data }) => {
      const told = changeEvent.parse(JSON.parse(data));
      expect({ id, event }).toEqual({ id: String(told.seq), event: told.type });
      read.events.push(told);
    },
    onComment: (comment) => read.comments.push(comment),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const piece = await reader?.read();
    if (piece === undefined || piece.done) return read;
    parser.feed(piece.value);
    read.ids.push(...[...piece.value.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id ?? ""));
    if (isEnough(read)) {
      await reader?.cancel();
      return read;
    }
  }
}
