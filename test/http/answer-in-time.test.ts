import { expect, it } from "vitest";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import type { Route } from "../../src/contract/http/route.ts";
import { success } from "../../src/domain/result.ts";
import { answerInTime, secondsOf, timedOut } from "../../src/http/answers/answer-in-time.ts";

const request = new Request("http://localhost/");

it("what does not answer in time is refused, and goes on", async () => {
  let finish: (value: ReturnType<typeof success<string>>) => void = () => undefined;
  const work = new Promise<ReturnType<typeof success<string>>>((resolve) => {
    finish = resolve;
  });
  const kept: Promise<unknown>[] = [];
  const answered = await answerInTime(
    0.001,
    work,
    (going) => kept.push(going),
    () => timedOut("POST", 30),
  );
  expect(answered).toMatchObject({ ok: false, failure: { code: "TIMED_OUT", retryAfterSeconds: 5 } });
  finish(success("done after all"));
  expect(await Promise.all(kept)).toEqual([success("done after all")]);
});

it("what answers or fails in time does so", async () => {
  const never = () => expect.unreachable();
  expect(await answerInTime(60, Promise.resolve(success(1)), never, never)).toEqual(success(1));
  expect(await answerInTime(null, Promise.resolve(success(2)), never, never)).toEqual(success(2));
  await expect(answerInTime(60, Promise.reject(new Error("an outage")), never, never)).rejects.toThrow("an outage");
});

it("says of a change that it may be done, and of a question that nothing was", () => {
  expect(timedOut("DELETE", 30).message).toContain("may still be done");
  expect(timedOut("GET", 30).message).toContain("nothing was changed");
});

it.each<[string, Pick<Route, "time" | "body">, RequestInit, number | null]>([
  ["a plain route", {}, {}, 30],
  ["a walk", { time: "long" }, {}, 300],
  ["a stream", { time: "endless" }, {}, null],
  ["bytes that come in", { body: { as: "bytes", limitBytes: 1 } }, {}, null],
  ["a caller who waits", {}, { headers: { Prefer: "wait=20" } }, 50],
])("%s has the time that it needs", (_, route, init, seconds) => {
  expect(secondsOf(route, new Request(request, init))).toBe(seconds);
});

it("every route has a time, but for those through which bytes stream", () => {
  const endless = allRoutes.filter((route) => secondsOf(route, request) === null);
  for (const { operationId, body, time } of endless) {
    expect(body?.as === "bytes" || time === "endless", operationId).toBe(true);
  }
  expect(endless.length).toBeLessThan(allRoutes.length / 4);
});
