import { createParser } from "eventsource-parser";
import { expect } from "vitest";
import { runEventPage } from "../../src/contract/http/runs.ts";
import { type RunEvent, runEvent } from "../../src/contract/run/run-event.ts";
import { ask } from "./a-registry.ts";

/** A page of a run's events. */
export async function pageOf(id: string, query = "") {
  const response = await ask("GET", `/v1/runs/${id}/events${query}`);
  expect(response.status, await response.clone().text()).toBe(200);
  return runEventPage.parse(await response.json());
}

/** Reads server-sent events until the stream ends, or until `isEnough` of those read. */
export async function readStream(response: Response, isEnough: (events: RunEvent[]) => boolean = () => false) {
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const events: RunEvent[] = [];
  const parser = createParser({
    onEvent: ({ id, event, data }) => {
      const told = runEvent.parse(JSON.parse(data));
      expect({ id, event }).toEqual({ id: String(told.id), event: told.type });
      events.push(told);
    },
  });
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  for (;;) {
    const read = await reader?.read();
    if (read === undefined || read.done) return events;
    parser.feed(decoder.decode(read.value, { stream: true }));
    if (isEnough(events)) {
      await reader?.cancel();
      return events;
    }
  }
}

/** Asks for a run's events as a stream. */
export function stream(id: string, headers: Record<string, string> = {}, query = ""): Promise<Response> {
  return ask("GET", `/v1/runs/${id}/events${query}`, { headers: { Accept: "text/event-stream", ...headers } });
}

/** All events over WebSocket, and with which code it closes. */
export async function readSocket(id: string, query = ""): Promise<{ events: RunEvent[]; code: number }> {
  const response = await ask("GET", `/v1/runs/${id}/events${query}`, { headers: { Upgrade: "websocket" } });
  expect(response.status).toBe(101);
  const socket = response.webSocket;
  if (socket === null) throw new Error("no WebSocket came");
  const events: RunEvent[] = [];
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener("close", ({ code }) => resolve(code));
  });
  socket.addEventListener("message", ({ data }) => {
    events.push(runEvent.parse(JSON.parse(String(data))));
  });
  socket.accept();
  return { code: await closed, events };
}

/** The states that events tell. */
export function statesOf(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) => (event.type === "state" ? [event.state] : []));
}
