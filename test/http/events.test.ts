import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { loadHeadSeq } from "../../src/bindings/d1/announcement/head-seq.ts";
import { type ChangeEvent, changeEventPage } from "../../src/contract/announcement/change-event.ts";
import { listen, openStream, readChanges } from "./a-change-listener.ts";
import { aDocument, ask, change, publish, read, refusalOf } from "./a-registry.ts";

const seqsOf = (changes: readonly ChangeEvent[]) => changes.map(({ seq }) => seq);

async function pageOf(query: string) {
  const response = await read(`/v1/events${query}`);
  expect(response.status, await response.clone().text()).toBe(200);
  return changeEventPage.parse(await response.json());
}

/** All that there is, page by page: a page looks at so many changes only, and other tests have changed much. */
async function allOf(query: string, limit = 50): Promise<ChangeEvent[]> {
  const gathered: ChangeEvent[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await pageOf(`${query}&limit=${limit}&after=${after}`);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    gathered.push(...page.items);
    after = page.next_after;
  }
  return gathered;
}

/** Something of every kind of change happens to a name. */
async function liveThrough(name: string): Promise<void> {
  await publish(aDocument(name));
  await publish(aDocument(name, { version: "1.1.0" }));
  await change("PUT", `/v1/templates/${name}/tags/stable`, { version: "1.0.0" });
  await change("POST", `/v1/templates/${name}/versions/1.0.0:deprecate`, { message: "too slow" });
  await change("POST", `/v1/templates/${name}/versions/1.0.0:yank`);
  await change("POST", `/v1/templates/${name}/versions/1.0.0:restore`);
  await change("DELETE", `/v1/templates/${name}/tags/stable`);
  await change("DELETE", `/v1/templates/${name}/versions/1.0.0`);
}

describe("changes", () => {
  it("are the same as pages, as a stream and over WebSocket", async () => {
    const name = "told_thrice";
    const query = `?names=templates/${name}`;
    const after = await loadHeadSeq(env.DB);
    const [live, streamed] = [
      await listen(query),
      readChanges(await openStream(query), ({ events }) => events.length >= 8),
    ];
    await liveThrough(name);
    const { items, next_after, seq } = await pageOf(`${query}&after=${after}`);
    expect(items.map(({ type }) => type)).toEqual([
      "version.published",
      "version.published",
      "tag.moved",
      "version.deprecated",
      "version.yanked",
      "version.restored",
      "tag.removed",
      "version.deleted",
    ]);
    expect(items[0]).toMatchObject({ kind: "template", name, version: "1.0.0", by: "admin" });
    expect(items[0]?.tags).toEqual([{ tag: "latest", from_version: null, to_version: "1.0.0" }]);
    expect(items[3]).toMatchObject({ reason: "too slow", version: "1.0.0" });
    expect(next_after).toBeNull();
    expect(seq).toBeGreaterThanOrEqual(items.at(-1)?.seq ?? 0);
    expect(await live.hears(8)).toEqual(items);
    expect((await streamed).events).toEqual(items);
    live.leave();
  });

  it("come in pages of any size, nothing lost between them", async () => {
    const query = "?names=templates/paged_*";
    for (const name of ["paged_a", "paged_b", "paged_c", "paged_d", "paged_e"]) await publish(aDocument(name));
    const items = await allOf(query);
    expect(items).toHaveLength(5);
    expect(await allOf(query, 2)).toEqual(items);
  });

  it("of some types and names only are told to who asks for them", async () => {
    const query = "?types=tag.moved,version.yanked&names=templates/picked_*,functions/none";
    const socket = await listen(query);
    const streamed = readChanges(await openStream(query), ({ events }) => events.length >= 2);
    await publish(aDocument("picked_not"));
    await liveThrough("picked_one");
    await liveThrough("unpicked");
    const told = await socket.hears(2);
    expect(told.map(({ type, name }) => [type, name])).toEqual([
      ["tag.moved", "picked_one"],
      ["version.yanked", "picked_one"],
    ]);
    expect((await streamed).events).toEqual(told);
    expect(await allOf(query)).toEqual(told);
    socket.leave();
  });

  it("go on where a listener left, with nothing lost and nothing twice", async () => {
    const query = "?names=templates/resumed";
    const begun = await listen(query);
    await publish(aDocument("resumed"));
    const [first] = await begun.hears(1);
    begun.leave();
    await publish(aDocument("resumed", { version: "1.0.1" }));
    await publish(aDocument("resumed", { version: "1.0.2" }));
    const resumed = await listen(`${query}&after=${first?.seq}`);
    const streamed = readChanges(
      await openStream(query, { "Last-Event-ID": String(first?.seq) }),
      ({ events }) => events.length >= 3,
    );
    await publish(aDocument("resumed", { version: "1.0.3" }));
    const told = await resumed.hears(3);
    expect(told.map(({ version }) => version)).toEqual(["1.0.1", "1.0.2", "1.0.3"]);
    expect((await streamed).events).toEqual(told);
    resumed.leave();
  });

  it("begin, without a place to go on from, with what comes from now on, and say where that is", async () => {
    await publish(aDocument("before_listening"));
    const head = await loadHeadSeq(env.DB);
    const socket = await listen("?names=templates/before_listening");
    const streamed = readChanges(
      await openStream("?names=templates/before_listening"),
      ({ events }) => events.length > 0,
    );
    await publish(aDocument("before_listening", { version: "2.0.0" }));
    expect((await socket.hears(1)).map(({ version }) => version)).toEqual(["2.0.0"]);
    expect(socket.messages[0]).toMatchObject({ message: "still_here" });
    expect(socket.messages[0]).not.toMatchObject({ seq: 0 });
    const { events, ids } = await streamed;
    expect(events).toHaveLength(1);
    // A browser that is cut off before the first change goes on from there.
    expect(Number(ids[0])).toBeGreaterThanOrEqual(head);
    expect(seqsOf(events)).toEqual(ids.slice(1).map(Number));
    socket.leave();
  });

  it("of HEAD have no body that goes on for ever", async () => {
    const response = await ask("HEAD", "/v1/events", { headers: { Accept: "text/event-stream" } });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });
});

describe("asking for changes", () => {
  it.each([
    ["?types=published", "did you mean version.published?"],
    ["?types=tag.move", "did you mean tag.moved?"],
    ["?types=everything_else", "there is version.published,"],
    ["?types=,", "types is empty"],
    ["?names=Templates/a", "like templates/image_*"],
    ["?names=,,", "names is empty"],
    [`?names=${"a,".repeat(60)}`, "60 patterns; 50 are read at once"],
    ["?after=-1", "decimal digits"],
    ["?after=1e3", "decimal digits"],
    ["?limit=0", "limit"],
    ["?typos=tag.moved", "did you mean types?"],
  ])("with %s is refused, and told why", async (query, hint) => {
    for (const headers of [{}, { Accept: "text/event-stream" }, { Upgrade: "websocket" }]) {
      const refused = await refusalOf(await ask("GET", `/v1/events${query}`, { headers }), 400);
      expect(refused.detail + JSON.stringify(refused.issues)).toContain(hint);
    }
  });

  it("after a change that never was is refused when it would wait for ever", async () => {
    for (const headers of [{ Accept: "text/event-stream" }, { Upgrade: "websocket" }]) {
      const refused = await refusalOf(await ask("GET", "/v1/events?after=999999999", { headers }), 400);
      expect(refused.detail).toContain("there is no change 999999999");
    }
    expect(await pageOf("?after=999999999")).toMatchObject({ items: [], next_after: null });
    const wrong = { Accept: "text/event-stream", "Last-Event-ID": "the last one" };
    await refusalOf(await ask("GET", "/v1/events", { headers: wrong }), 400);
  });
});
