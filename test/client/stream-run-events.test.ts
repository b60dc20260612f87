import { describe, expect, test } from "vitest";
import { createClient } from "../../src/client/create-client.ts";
import { streamRunEvents } from "../../src/client/stream-run-events.ts";
import type { RunEvent } from "../../src/contract/run/run-event.ts";
import { problemOf } from "./serve-answers.ts";
import { answerJson, serveRequests } from "./serve-requests.ts";

const runId = "0199b2c4-8d6e-7c3a-9f10-2a6b1c0d4e5f";
const at = "2027-01-31T12:00:00Z";
const log = (id: number): RunEvent => ({ id, at, type: "log", attempt: 1, stream: "stdout", text: `line ${id}` });
const state = (id: number, now: "running" | "succeeded"): RunEvent => ({
  id,
  at,
  type: "state",
  state: now,
  attempt: 1,
  runner: "box",
  failure: null,
  retry_at: null,
});
const sse = (event: RunEvent) => `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

async function idsOf(url: string, options: Parameters<typeof streamRunEvents>[2] = {}): Promise<number[]> {
  const ids: number[] = [];
  for await (const event of streamRunEvents(createClient({ url, token: "secret" }), runId, options)) ids.push(event.id);
  return ids;
}

describe("the events of a run", () => {
  test("come in pieces of any size and end with the run", async () => {
    const { url } = await serveRequests((request, response) => {
      expect(request.headers).toMatchObject({ accept: "text/event-stream", authorization: "Bearer secret" });
      expect(request.headers["last-event-id"]).toBeUndefined();
      response.writeHead(200, { "content-type": "text/event-stream" });
      const text = `retry: 1000\n: a comment\n\n${sse(state(1, "running"))}${sse({ ...log(2), text: "größe" } as RunEvent)}${sse(state(3, "succeeded"))}`;
      const bytes = Buffer.from(text);
      // A letter of two bytes is cut in the middle.
      for (let i = 0; i < bytes.length; i += 7) response.write(bytes.subarray(i, i + 7));
    });
    expect(await idsOf(url)).toEqual([1, 2, 3]);
  });

  test("come each once over broken connections and a registry that is away for a while", async () => {
    const asked: (string | undefined)[] = [];
    const breaks: unknown[] = [];
    const { url } = await serveRequests(({ headers }, response) => {
      const after = headers["last-event-id"];
      asked.push(typeof after === "string" ? after : undefined);
      if (asked.length === 3) return answerJson(response, 503, problemOf("UNAVAILABLE", 503));
      response.writeHead(200, { "content-type": "text/event-stream" });
      if (asked.length === 1) response.write(sse(log(1)) + sse(log(2)), () => response.destroy());
      // One that was cut is sent from its beginning, and one that was seen is sent again.
      if (asked.length === 2)
        response.write(sse(log(2)) + sse(log(3)) + sse(log(4)).slice(0, 20), () => response.destroy());
      if (asked.length === 4) response.end(sse(log(4)) + sse(state(5, "succeeded")));
    });
    expect(await idsOf(url, { onBreak: (failure) => breaks.push(failure) })).toEqual([1, 2, 3, 4, 5]);
    expect(asked).toEqual([undefined, "2", "3", "3"]);
    expect(breaks).toHaveLength(3);
  });

  test("begin after an event that is known, and end at once when nothing follows it", async () => {
    const { url } = await serveRequests(({ url: { searchParams }, headers }, response) => {
      if (headers.accept === "application/json") {
        expect(searchParams.get("after")).toBe("7");
        return answerJson(response, 200, { events: [], ended: true });
      }
      expect(headers["last-event-id"]).toBe("7");
      response.writeHead(200, { "content-type": "text/event-stream" }).end(": nothing\n\n");
    });
    expect(await idsOf(url, { after: 7 })).toEqual([]);
  });

  test("that are not to be had are refused at once", async () => {
    const { url } = await serveRequests((_, response) =>
      answerJson(response, 404, problemOf("RUN_NOT_FOUND", 404, "there is no such run")),
    );
    await expect(idsOf(url)).rejects.toThrow("there is no such run");
  });

  test("stop when they are told to", async () => {
    const stopping = new AbortController();
    const { url } = await serveRequests((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(sse(log(1)));
    });
    const reading = (async () => {
      for await (const _ of streamRunEvents(createClient({ url }), runId, { signal: stopping.signal })) {
        stopping.abort(new Error("enough"));
      }
    })();
    await expect(reading).rejects.toThrow("enough");
  });

  test("that this client does not know are passed over", async () => {
    const { url } = await serveRequests((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(`id: 1\ndata: {"type": "weather"}\n\nid: 2\ndata: no JSON\n\n${sse(state(3, "succeeded"))}`);
    });
    expect(await idsOf(url)).toEqual([3]);
  });
});
