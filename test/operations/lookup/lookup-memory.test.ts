import { expect, test } from "vitest";
import { LookupMemory, nameKey } from "../../../src/operations/lookup/lookup-memory.ts";
import { anIndex } from "./a-lookup.ts";

const key = "template/sharpen";

/** A memory that synced up to seq 10 and knows every change in (0, 10]. */
function syncedMemory(maxBytes = 1024 * 1024): LookupMemory {
  const memory = new LookupMemory(maxBytes);
  memory.view.endSync(memory.view.beginSync(0), { since: 0, seq: 10, announcements: [] }, nameKey);
  return memory;
}

test("an index of a name that a caller published is forgotten, and only that", () => {
  const memory = syncedMemory();
  memory.rememberIndex(key, anIndex({ seq: 10 }));
  memory.rememberIndex("template/other", anIndex({ seq: 10, name: "other" }));
  memory.noteChange(key, 11);
  expect(memory.index(key)).toBeUndefined();
  expect(memory.index("template/other")).toBeDefined();
});

test("forgetting all that is unproven keeps what is proven", () => {
  const memory = syncedMemory();
  memory.rememberIndex(key, anIndex({ seq: 10 }));
  memory.rememberIndex("template/other", anIndex({ seq: 20, name: "other" }));
  memory.view.endSync(memory.view.beginSync(1), { since: 15, seq: 25, announcements: [] }, nameKey);
  memory.forgetUnproven("all");
  expect(memory.index(key)).toBeUndefined();
  expect(memory.index("template/other")).toBeDefined();
});

test("changes that are more than the view remembers still drop their names", () => {
  const memory = syncedMemory();
  memory.rememberIndex(key, anIndex({ seq: 10 }));
  const others = Array.from(
    { length: 5000 },
    (_, place) => ({ seq: 12 + place, kind: "template", name: `n${place}` }) as const,
  );
  const announcements = [{ seq: 11, kind: "template", name: "sharpen" } as const, ...others];
  const { drop } = memory.view.endSync(memory.view.beginSync(1), { since: 10, seq: 5011, announcements }, nameKey);
  memory.forgetUnproven(drop);
  expect(memory.index(key)).toBeUndefined();
});

test("what came after an index that had to leave memory is not older than it", () => {
  const memory = syncedMemory(3 * 2000);
  memory.rememberIndex(key, anIndex({ seq: 20 }));
  memory.rememberIndex("template/other", anIndex({ seq: 10, name: "other" }));
  expect(memory.index(key)).toBeUndefined();
  expect(memory.isProven(key, 19)).toBe(false);
  expect(memory.mayAnswerStale(key, 19)).toBe(false);
  expect(memory.isProven(key, 20)).toBe(true);
});

test("while a newer index is in memory, an older one is not proven", () => {
  const memory = syncedMemory();
  memory.rememberIndex(key, anIndex({ seq: 20 }));
  expect(memory.isProven(key, 19)).toBe(false);
  expect(memory.isProven(key, 20)).toBe(true);
});

test("once a sync has come past it, an index that left memory holds nothing back any more", () => {
  const memory = syncedMemory(3 * 2000);
  memory.rememberIndex(key, anIndex({ seq: 20 }));
  memory.rememberIndex("template/other", anIndex({ seq: 10, name: "other" }));
  memory.view.endSync(memory.view.beginSync(1), { since: 10, seq: 30, announcements: [] }, nameKey);
  expect(memory.isProven(key, 15)).toBe(true);
});

test("bytes stay within the bound, whatever is remembered", () => {
  const memory = new LookupMemory(64 * 1024);
  for (let place = 0; place < 500; place++) {
    memory.rememberIndex(`template/n${place}`, anIndex({ name: `n${place}` }));
    memory.rememberBody(`n${place}`, new Uint8Array(1000));
  }
  expect(memory.sizeBytes).toBeLessThanOrEqual(64 * 1024);
  expect(memory.indexCount).toBeGreaterThan(0);
});
