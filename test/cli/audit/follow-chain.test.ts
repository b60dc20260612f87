import fc from "fast-check";
import { expect, test } from "vitest";
import { type EntryLine, entryLines } from "../../../src/cli/audit/entry-lines.ts";
import { followChain, type KnownHead } from "../../../src/cli/audit/follow-chain.ts";
import type { AuditEntry } from "../../../src/contract/access/audit.ts";
import { beforeFirst, chainEntries } from "../../../src/domain/access/audit-hash.ts";

function act(seq: number): AuditEntry {
  return {
    seq,
    at: "2027-01-31T12:00:00.000Z",
    actor: "ci",
    token_id: null,
    operation: "version.published",
    subject: `templates/t${seq}@1.0.0`,
    outcome: "done",
    code: null,
    address: null,
    request_id: null,
    details: { seq },
    previous_hash: null,
    hash: null,
  };
}

function sealed(count: number): AuditEntry[] {
  const entries = Array.from({ length: count }, (_, index) => act(index + 1));
  return chainEntries(entries, beforeFirst);
}

function follow(entries: readonly (AuditEntry | string)[], known: KnownHead | null = null) {
  const chain = followChain(known);
  for (const one of entries) {
    const line: EntryLine =
      typeof one === "string" ? { line: one, entry: null } : { line: JSON.stringify(one), entry: one };
    if (chain.feed(line) !== null) break;
  }
  return chain.report();
}

function headOf(entries: readonly AuditEntry[], seq: number): KnownHead {
  return { seq, hash: entries[seq - 1]?.hash ?? "" };
}

test("a whole log is unbroken, and tells its head", () => {
  const entries = sealed(5);
  expect(follow(entries)).toEqual({
    ...{ valid: true, entries: 5, unsealed: 0, break: null },
    head: headOf(entries, 5),
  });
  expect(follow([])).toMatchObject({ valid: true, entries: 0, head: null });
});

test("entries at the end may have no hash yet; one after them that has is a break", () => {
  const entries = sealed(3);
  expect(follow([...entries, act(4), act(5)])).toMatchObject({ valid: true, entries: 3, unsealed: 2 });
  const [first, second, third] = entries;
  expect(follow([first, { ...act(2) }, third].flatMap((one) => one ?? []))).toMatchObject({
    valid: false,
    break: { seq: 2 },
  });
  expect(second?.hash).not.toBeNull();
});

test("one entry changed, removed or moved is found, wherever it is", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 12 }),
      fc.nat(),
      fc.constantFrom<"change" | "remove" | "swap">("change", "remove", "swap"),
      (count, place, how) => {
        const entries = sealed(count);
        // The last one may be removed unseen: that is what a head is for.
        const at = place % (count - 1);
        const [one, next] = [entries[at], entries[at + 1]];
        if (one === undefined || next === undefined) throw new Error("there are two");
        if (how === "change") entries[at] = { ...one, actor: "somebody else" };
        if (how === "remove") entries.splice(at, 1);
        if (how === "swap") entries.splice(at, 2, next, one);
        expect(follow(entries).valid).toBe(false);
      },
    ),
  );
});

test("a head that was written down finds a log that was cut off, or written anew", () => {
  const entries = sealed(4);
  const head = headOf(entries, 4);
  expect(follow(entries, head).valid).toBe(true);
  expect(follow([...sealed(6)], head).valid).toBe(true);
  expect(follow(entries.slice(0, 3), head).break).toEqual({ seq: 4, reason: "the log ends at entry 3, and had 4" });
  const anew = chainEntries(
    entries.map((one) => ({ ...one, actor: "somebody else" })),
    beforeFirst,
  );
  expect(follow(anew, head).break?.reason).toContain("the log was written anew");
});

test("a line that is no entry is a break, told by its number", () => {
  expect(follow([...sealed(2), "{}"]).break?.reason).toBe("line 3 is no entry of an audit log");
});

test("lines are the same however the bytes are cut", async () => {
  const text = sealed(4)
    .map((one) => `${JSON.stringify(one)}\n`)
    .join("");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), async (sizes) => {
      async function* cut() {
        let at = 0;
        for (let index = 0; at < text.length; index++) {
          const size = sizes[index % sizes.length] ?? 1;
          yield text.slice(at, at + size);
          at += size;
        }
      }
      const seqs: (number | undefined)[] = [];
      for await (const { entry } of entryLines(cut())) seqs.push(entry?.seq);
      expect(seqs).toEqual([1, 2, 3, 4]);
    }),
    { numRuns: 50 },
  );
});
