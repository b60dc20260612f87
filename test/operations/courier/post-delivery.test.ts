import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { type Post, postDelivery } from "../../../src/operations/courier/post-delivery.ts";
import type { Behaviour } from "../../receiver/behaviour.ts";
import { type Receiver, startReceiver } from "../../receiver/start-receiver.ts";

let receiver: Receiver;
let inbox = "";
let made = 0;

beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());
afterEach(() => {
  vi.useRealTimers();
});

/** A new inbox that does this to whatever it gets. */
function anInbox(does: Behaviour): void {
  made += 1;
  inbox = `in${made}`;
  receiver.behave(inbox, { otherwise: does });
}

const answer = (status: number, parts: { headers?: Record<string, string>; body?: string } = {}): Behaviour => ({
  does: "answer",
  status,
  ...parts,
});
const movedTo = (status: number, location: string) => answer(status, { headers: { Location: location } });

function send(parts: Partial<Post> = {}, mayAskPrivate = true) {
  const post: Post = {
    url: `${receiver.url}/${inbox}`,
    redirects: "refuse",
    headers: { "webhook-id": "evt_1" },
    body: "{}",
    ...parts,
  };
  // A public name of the receiver, as a name server would tell it: what is refused by its name is refused before.
  const resolve = (url: string) => url.replace("https://hooks.example.com", receiver.url);
  return postDelivery(
    { fetch: (url, init) => fetch(resolve(url), init), mayAskPrivate, nowMs: () => Date.now() },
    post,
  );
}

it.each([200, 201, 204, 299, 400, 404, 410, 429, 500, 503])("tells that it was answered %i", async (status) => {
  anInbox(answer(status));
  expect((await send()).attempt).toMatchObject({ status, error: null, redirects: [] });
});

it("sends what it is told to, as it is", async () => {
  anInbox(answer(204));
  const body = `{"text":"grüße \\u2028 😀"}`;
  await send({
    body,
    headers: { "webhook-id": "evt_7", "content-type": "application/json", "user-agent": "callsheet/test" },
  });
  expect(receiver.inbox(inbox)).toMatchObject([
    { body, headers: { "webhook-id": "evt_7", "content-type": "application/json", "user-agent": "callsheet/test" } },
  ]);
});

it.each([301, 302, 303, 307, 308])(
  "takes a %i for a failure that says where to, unless it may follow",
  async (status) => {
    anInbox(movedTo(status, `${receiver.url}/elsewhere/x`));
    const { attempt } = await send();
    expect(attempt).toMatchObject({ status, redirects: [] });
    expect(attempt.error).toContain(`${receiver.url}/elsewhere/x`);
    expect(receiver.inbox("elsewhere")).toEqual([]);
  },
);

it.each([307, 308])("follows a %i with all that it was to send, and tells where it went", async (status) => {
  anInbox(movedTo(status, `moved-by-${status}`));
  const headers = { "webhook-id": "evt_9", "webhook-signature": "v1,abc" };
  const { attempt } = await send({ redirects: "follow", headers, body: '{"a":1}' });
  expect(attempt).toMatchObject({ status: 204, error: null, redirects: [`${receiver.url}/moved-by-${status}`] });
  expect(receiver.inbox(`moved-by-${status}`)).toMatchObject([{ body: '{"a":1}', headers }]);
});

it.each([301, 302, 303])("never follows a %i, which would make a GET of it", async (status) => {
  anInbox(movedTo(status, `${receiver.url}/elsewhere/y`));
  const { attempt } = await send({ redirects: "follow" });
  expect(attempt.error).toContain("only 307 and 308");
  expect(receiver.inbox("elsewhere")).toEqual([]);
});

it("follows no more than a few", async () => {
  anInbox(answer(200));
  receiver.behave(inbox, { otherwise: movedTo(307, `/${inbox}/again`) });
  const { attempt } = await send({ redirects: "follow" });
  expect(attempt.status).toBe(307);
  expect(attempt.redirects).toHaveLength(limits.deliveryRedirects);
  expect(receiver.inbox(inbox)).toHaveLength(limits.deliveryRedirects + 1);
});

it.each([
  "https://127.0.0.1/x",
  "https://2130706433/x",
  "https://[::1]/x",
  "https://metadata.internal/x",
  "http://public.example.com/x",
  "https://me:secret@public.example.com/x",
  "ftp://public.example.com/x",
  "http://",
])("sends nothing to %s, wherever a redirect leads", async (target) => {
  anInbox(movedTo(308, target));
  const asked: string[] = [];
  const post: Post = { url: `https://hooks.example.com/${inbox}`, redirects: "follow", headers: {}, body: "{}" };
  const { attempt } = await postDelivery(
    {
      fetch: (url, init) => {
        asked.push(url);
        return fetch(url.replace("https://hooks.example.com", receiver.url), init);
      },
      mayAskPrivate: false,
      nowMs: () => Date.now(),
    },
    post,
  );
  expect(attempt.status).toBeNull();
  expect(attempt.error).toContain("nothing is sent to");
  expect(attempt.error).not.toContain("secret");
  expect(asked).toHaveLength(1);
});

it("sends nothing at all to a private address where it may not", async () => {
  anInbox(answer(204));
  const { attempt } = await send({}, false);
  expect(attempt).toMatchObject({ status: null, answer: null });
  expect(receiver.inbox(inbox)).toEqual([]);
});

it("tells the beginning of an answer, and reads no more of one that has no end", async () => {
  anInbox({ does: "flood", status: 500 });
  const { attempt } = await send();
  expect(attempt).toMatchObject({ status: 500, answer: "x".repeat(limits.answerLength) });
});

it("takes the status for the answer when its body never comes", async () => {
  anInbox({ does: "stall" });
  expect((await send()).attempt).toMatchObject({ status: 200, error: null, answer: "begun" });
});

it("tells that nobody is there, and that a connection broke", async () => {
  anInbox({ does: "close" });
  expect((await send()).attempt).toMatchObject({ status: null, error: "it could not be reached, or broke off" });
  expect((await send({ url: "http://127.0.0.1:1/x" })).attempt.error).toBe("it could not be reached, or broke off");
});

it("waits for no answer longer than it may", async () => {
  anInbox({ does: "hang" });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const sending = send();
  await vi.waitFor(() => expect(receiver.inbox(inbox)).toHaveLength(1), { interval: 1 });
  await vi.advanceTimersByTimeAsync(limits.deliverySeconds * 1000);
  expect((await sending).attempt).toMatchObject({ status: null, error: "it did not answer within 15 s" });
});

it.each([
  ["by seconds", "120", 120_000],
  ["by a date", new Date(Date.now() + 3600_000).toUTCString(), 3600_000],
  ["by a word that means nothing", "soon", null],
])("hears a receiver that asks for another time %s", async (_, asked, expected) => {
  anInbox(answer(503, { headers: { "Retry-After": asked } }));
  const { retryAfterMs } = await send();
  if (expected === null) expect(retryAfterMs).toBeNull();
  else expect(Math.abs((retryAfterMs ?? 0) - expected)).toBeLessThan(60_000);
});
