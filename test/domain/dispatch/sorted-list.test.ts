import fc from "fast-check";
import { expect, test } from "vitest";
import { SortedList } from "../../../src/domain/dispatch/sorted-list.ts";

const byNumber = (a: number, b: number) => a - b;

test("a sorted list is a sorted array, whatever is added and removed", () => {
  const act = fc.record({ adds: fc.boolean(), item: fc.nat(40) });
  fc.assert(
    fc.property(fc.array(act, { size: "max", maxLength: 100 }), (acts) => {
      const list = new SortedList<number>(byNumber);
      const plain = new Set<number>();
      for (const { adds, item } of acts) {
        if (!adds) expect(list.remove(item)).toBe(plain.delete(item));
        else if (!plain.has(item)) list.add(item);
        if (adds) plain.add(item);
        expect(list.countBefore(item)).toBe([...plain].filter((other) => other < item).length);
        expect([...list]).toEqual([...plain].sort(byNumber));
      }
    }),
  );
});

test("it stays one when it has grown over many blocks and shrinks again", () => {
  const list = new SortedList<number>(byNumber);
  const items = Array.from({ length: 5000 }, (_, at) => (at * 1237) % 5000);
  for (const item of items) list.add(item);
  expect([...list]).toEqual(items.toSorted(byNumber));
  for (const item of [0, 1, 511, 512, 513, 2500, 4999]) {
    expect(list.at(item)).toBe(item);
    expect(list.countBefore(item)).toBe(item);
  }
  expect(list.at(5000)).toBeUndefined();
  expect(list.countBefore(9999)).toBe(5000);
  for (const item of items.filter((each) => each % 7 !== 0)) expect(list.remove(item)).toBe(true);
  expect([...list]).toEqual(items.filter((each) => each % 7 === 0).sort(byNumber));
  for (let expected = 0; list.size > 0; expected += 7) expect(list.takeFirst()).toBe(expected);
  expect(list.takeFirst()).toBeUndefined();
  expect(list.remove(7)).toBe(false);
});
