import { expect, test } from "vitest";
import { sliceBatches } from "../../../src/cli/documents/slice-batches.ts";

const items = Array.from({ length: 7 }, (_, i) => ({ text: String(i) }));

test("a slice has no more documents than it may, and the order stays", () => {
  const slices = sliceBatches(items, { documents: 3, bytes: 1000 });
  expect(slices.map((slice) => slice.map(({ text }) => text).join(""))).toEqual(["012", "345", "6"]);
});

test("a slice has no more bytes than it may, in UTF-8 and with its markers", () => {
  const three = [{ text: "ä".repeat(10) }, { text: "b".repeat(20) }, { text: "c" }];
  expect(sliceBatches(three, { documents: 9, bytes: 25 }).map((slice) => slice.length)).toEqual([1, 1, 1]);
  expect(sliceBatches(three, { documents: 9, bytes: 49 }).map((slice) => slice.length)).toEqual([1, 2]);
  expect(sliceBatches(three, { documents: 9, bytes: 50 }).map((slice) => slice.length)).toEqual([2, 1]);
  expect(sliceBatches(three, { documents: 9, bytes: 56 }).map((slice) => slice.length)).toEqual([3]);
});

test("a document larger than a slice goes alone", () => {
  const slices = sliceBatches([{ text: "a" }, { text: "b".repeat(99) }, { text: "c" }], { documents: 9, bytes: 50 });
  expect(slices.map((slice) => slice.length)).toEqual([1, 1, 1]);
});

test("nothing makes no slice", () => {
  expect(sliceBatches([])).toEqual([]);
});
