import { expect, it, vi } from "vitest";
import { TurnQueue } from "../../../src/operations/pool/turn-queue.ts";

/** A queue that writes down what it does, under a clock that stands still unless a test moves it. */
function aQueue() {
  const clock = { nowMs: 1_000_000 };
  const done: string[] = [];
  const queue = new TurnQueue(
    () => done.push("match"),
    () => clock.nowMs,
  );
  return { clock, done, queue, work: (name: string) => queue.take(() => done.push(name)) };
}

it("does at once what comes to an idle pool", () => {
  const { done, work, queue } = aQueue();
  void work("a");
  queue.matchSoon();
  expect(done).toEqual(["a", "match"]);
});

it("gathers what comes fast, in its order, and matches once for all of it", async () => {
  const { done, queue } = aQueue();
  const all = Array.from({ length: 20 }, (_, index) =>
    queue.take(() => {
      done.push(String(index));
      queue.matchSoon();
    }),
  );
  expect(done.filter((name) => name === "match")).toHaveLength(4);
  await Promise.all(all);
  expect(done.filter((name) => name !== "match")).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
  expect(done.filter((name) => name === "match")).toHaveLength(5);
});

it("is idle again after a while", async () => {
  const { clock, done, work } = aQueue();
  for (let index = 0; index < 8; index++) void work("burst");
  await work("last");
  clock.nowMs += 1000;
  done.length = 0;
  void work("a");
  expect(done).toEqual(["a"]);
});

it("hands a failure to whom it belongs, and does the rest", async () => {
  const { queue, work, done } = aQueue();
  const failing = queue.take(() => {
    throw new Error("a bug");
  });
  const next = work("b");
  await expect(failing).rejects.toThrow("a bug");
  await next;
  expect(done).toEqual(["b"]);
});

it("does work that a match brings in the same turn", () => {
  const done: string[] = [];
  const queue: TurnQueue = new TurnQueue(
    () => {
      done.push("match");
      if (done.length === 1) void queue.take(() => done.push("brought"));
    },
    () => 0,
  );
  queue.matchSoon();
  expect(done).toEqual(["match", "brought"]);
});

it("survives a match that fails", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  let matches = 0;
  const queue = new TurnQueue(
    () => {
      matches += 1;
      if (matches === 1) throw new Error("a bug");
    },
    () => Date.now(),
  );
  queue.matchSoon();
  expect(error).toHaveBeenCalledOnce();
  error.mockRestore();
  expect(await queue.take(() => "still here")).toBe("still here");
  queue.matchSoon();
  expect(matches).toBe(2);
});
