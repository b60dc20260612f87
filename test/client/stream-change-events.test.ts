import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { createClient } from "../../src/client/create-client.ts";
import { type ChangeStreamOptions, streamChangeEvents } from "../../src/client/stream-change-events.ts";
import type { ChangeEvent } from "../../src/contract/announcement/change-event.ts";
import { ToldChange, writers } from "../../src/domain/announcement/told-change.ts";
import { problemOf } from "./serve-answers.ts";
import { answerJson, serveRequests } from "./serve-requests.ts";

const aChange = (seq: number): ChangeEvent => ({
  ...{ seq, type: "version.published", kind: "template", name: "größe", version: "1.0.0" },
  ...{ at: "2027-01-31T12:00:00.000Z", by: "ann", digest: null, tags: [], reason: null },
});
const change = (seq: number) => writers.stream.changes([new ToldChange(aChange(seq))]);
const stillHere = writers.stream.stillHere;
const begin = (response: ServerResponse) => response.writeHead(200, { "content-type": "text/event-stream" });

/** Listens until so many changes have come. */
async function seqsOf(url: string, count: number, options: ChangeStreamOptions = {}): Promise<number[]> {
  const seqs: number[] = [];
  for await (const { seq } of streamChangeEvents(createClient({ url, token: "secret" }), options)) {
    seqs.push(seq);
    if (seqs.length === count) break;
  }
  return seqs;
}

describe("changes", () => {
  test("are asked for as they are wanted, and come in pieces of any size", async () => {
    const { url } = await serveRequests(({ url: { searchParams }, headers }, response) => {
      expect(headers).toMatchObject({
        accept: "text/event-stream",
        authorization: "Bearer secret",
        "last-event-id": "7",
      });
      expect(Object.fromEntries(searchParams)).toEqual({ types: "tag.moved,tag.removed", names: "templates/*,a/b" });
      const bytes = Buffer.from(`retry: 2000\n\n${stillHere(7)}${change(8)}${stillHere(9)}${change(12)}`);
      begin(response);
      for (let i = 0; i < bytes.length; i += 7) response.write(bytes.subarray(i, i + 7));
    });
    const wanted = { after: 7, types: ["tag.moved", "tag.removed"], names: ["templates/*", "a/b"] } as const;
    const positions: number[] = [];
    expect(await seqsOf(url, 2, { ...wanted, onPosition: (seq) => positions.push(seq) })).toEqual([8, 12]);
    expect(positions).toEqual([7, 9]);
  });

  test("come each once over broken connections and a registry that is away for a while", async () => {
    const asked: (string | undefined)[] = [];
    const breaks: unknown[] = [];
    let resumed = 0;
    const { url } = await serveRequests(({ headers }, response) => {
      const after = headers["last-event-id"];
      asked.push(typeof after === "string" ? after : undefined);
      if (asked.length === 2) return answerJson(response, 503, problemOf("UNAVAILABLE", 503));
      begin(response);
      if (asked.length === 1) response.write(stillHere(4) + change(5) + change(6), () => response.destroy());
      // One that was seen is sent again, and one is cut.
      if (asked.length === 3) response.write(change(6) + change(7) + change(9).slice(0, 30), () => response.destroy());
      if (asked.length === 4) response.end(stillHere(8) + change(9) + change(10));
    });
    const told = { onBreak: (failure: unknown) => breaks.push(failure), onResume: () => (resumed += 1) };
    expect(await seqsOf(url, 5, told)).toEqual([5, 6, 7, 9, 10]);
    expect(asked).toEqual([undefined, "6", "6", "7"]);
    expect([breaks.length, resumed]).toEqual([3, 2]);
  });

  test("that nobody sent yet are not lost when the connection breaks before the first", async () => {
    const asked: unknown[] = [];
    const { url } = await serveRequests(({ headers }, response) => {
      asked.push(headers["last-event-id"]);
      begin(response);
      if (asked.length === 1) response.end(stillHere(40));
      else response.write(change(41));
    });
    expect(await seqsOf(url, 1)).toEqual([41]);
    expect(asked).toEqual([undefined, "40"]);
  });

  test("that are not to be had are refused at once", async () => {
    const { url } = await serveRequests((_, response) =>
      answerJson(response, 400, problemOf("INVALID_REQUEST", 400, "there is no change 99 to go on from")),
    );
    await expect(seqsOf(url, 1, { after: 99 })).rejects.toThrow("there is no change 99");
  });

  test("stop when they are told to, also while the registry is waited for", async () => {
    const { url } = await serveRequests((_, response) => answerJson(response, 503, problemOf("UNAVAILABLE", 503)));
    const stopping = new AbortController();
    const reading = seqsOf(url, 1, { signal: stopping.signal, onBreak: () => stopping.abort(new Error("enough")) });
    await expect(reading).rejects.toThrow("enough");
  });

  test("that this client does not know are passed over", async () => {
    const { url } = await serveRequests((_, response) => {
      begin(response).write(`id: 1\ndata: {"type": "weather"}\n\nid: 2\ndata: no JSON\n\n: a comment\n\n${change(3)}`);
    });
    expect(await seqsOf(url, 1)).toEqual([3]);
  });
});
