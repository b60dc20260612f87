import { expect, it } from "vitest";
import { type NamedWork, runInOrder } from "../../../src/operations/template/run-in-order.ts";

/** Pieces that note when they start and end, and take a few turns of the event loop. */
function recorder() {
  const log: string[] = [];
  let running = 0;
  let most = 0;
  const piece = (label: string, writes: string | null, reads: string[] = []): NamedWork => ({
    writes: writes === null ? [] : [writes],
    reads,
    run: async () => {
      running += 1;
      most = Math.max(most, running);
      log.push(`${label} starts`);
      await new Promise((resolve) => setTimeout(resolve, 2));
      log.push(`${label} ends`);
      running -= 1;
    },
  });
  return { log, piece, most: () => most };
}

it("starts a child only after every earlier version of its parent", async () => {
  const { log, piece } = recorder();
  await runInOrder([piece("base 1", "base"), piece("base 2", "base"), piece("child", "child", ["base"])], 8);
  expect(log).toEqual(["base 1 starts", "base 1 ends", "base 2 starts", "base 2 ends", "child starts", "child ends"]);
});

it("runs the children of one parent side by side", async () => {
  const { piece, most } = recorder();
  await runInOrder([piece("base", "base"), ...["a", "b", "c"].map((name) => piece(name, name, ["base"]))], 8);
  expect(most()).toBe(3);
});

it("runs no more pieces at once than it is allowed, and all of them in the end", async () => {
  const { log, piece, most } = recorder();
  await runInOrder(
    Array.from({ length: 20 }, (_, at) => piece(`piece ${at}`, `name ${at}`)),
    4,
  );
  expect(most()).toBe(4);
  expect(log.filter((line) => line.endsWith("ends"))).toHaveLength(20);
});
