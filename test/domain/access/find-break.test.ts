import fc from "fast-check";
import { expect, it } from "vitest";
import type { AuditEntry } from "../../../src/contract/access/audit.ts";
import { chainEntries, hashOfEntry } from "../../../src/domain/access/audit-hash.ts";
import { findBreak } from "../../../src/domain/access/find-break.ts";

const beginning = { seq: 0, hash: "0".repeat(64) };

function anEntry(seq: number, told: Partial<AuditEntry> = {}): AuditEntry {
  return {
    seq,
    at: "2026-11-22T01:02:03.004Z",
    actor: "admin",
    token_id: null,
    operation: "version.published",
    subject: `templates/blur@1.0.${seq}`,
    outcome: "done",
    code: null,
    address: "203.0.113.7",
    request_id: "a-request",
    details: { seq, tags: [] },
    previous_hash: null,
    hash: null,
    ...told,
  };
}

const entry = fc
  .record({
    actor: fc.string(),
    subject: fc.option(fc.string(), { nil: null }),
    outcome: fc.constantFrom("done", "refused"),
    details: fc.dictionary(fc.string(), fc.jsonValue()),
  })
  .map((told): Partial<AuditEntry> => told);
const someEntries = fc
  .array(entry, { minLength: 2, maxLength: 12 })
  .map((all) => all.map((told, at) => anEntry(at + 1, JSON.parse(JSON.stringify(told)))));

/** The part after a place in the chain is checked on top of what came before it. */
function placeBefore(sealed: readonly AuditEntry[], at: number) {
  const last = sealed[at - 1];
  return last?.hash == null ? beginning : { seq: last.seq, hash: last.hash };
}

it("finds nothing wrong with a chain as it was made, wherever one begins to look", () => {
  fc.assert(
    fc.property(someEntries, fc.nat(), (entries, place) => {
      const sealed = chainEntries(entries, beginning);
      const at = place % sealed.length;
      expect(findBreak(sealed, null)).toBeNull();
      expect(findBreak(sealed.slice(at), placeBefore(sealed, at))).toBeNull();
    }),
  );
});

it("gives the same entries the same hashes, in one go or in several", () => {
  fc.assert(
    fc.property(someEntries, fc.nat(), (entries, place) => {
      const at = place % entries.length;
      const first = chainEntries(entries.slice(0, at), beginning);
      const then = chainEntries(entries.slice(at), placeBefore(first, at));
      expect([...first, ...then]).toEqual(chainEntries(entries, beginning));
    }),
  );
});

it("finds any field of any entry that was changed", () => {
  const fields = [
    "at",
    "actor",
    "token_id",
    "operation",
    "subject",
    "address",
    "request_id",
    "previous_hash",
    "hash",
  ] as const;
  fc.assert(
    fc.property(someEntries, fc.nat(), fc.constantFrom(...fields), (entries, place, field) => {
      const sealed = chainEntries(entries, beginning);
      const at = place % sealed.length;
      const changed = sealed.map((one, index) => (index === at ? { ...one, [field]: `${one[field]} changed` } : one));
      const found = findBreak(changed, null);
      // A hash that was changed shows at the next entry, or at its own.
      expect([at + 1, at + 2]).toContain(found?.seq);
    }),
  );
});

it("finds an entry that was taken out, put elsewhere, or made up with a hash of its own", () => {
  const sealed = chainEntries(
    [1, 2, 3, 4].map((seq) => anEntry(seq)),
    beginning,
  );
  const [first, second, third, fourth] = sealed;
  if (first === undefined || second === undefined || third === undefined || fourth === undefined)
    throw new Error("four");
  expect(findBreak([first, third, fourth], null)).toEqual({
    seq: 3,
    reason: expect.stringContaining("does not follow entry 1"),
  });
  expect(findBreak([second, third], null)).toEqual({
    seq: 2,
    reason: expect.stringContaining("does not begin the log"),
  });
  expect(findBreak([first, third, second, fourth], null)).toMatchObject({ seq: 3 });
  const madeUp = anEntry(3, { actor: "nobody", previous_hash: second.hash });
  expect(findBreak([first, second, { ...madeUp, hash: hashOfEntry(madeUp) }, fourth], null)).toMatchObject({ seq: 4 });
  expect(findBreak([first, second, third], { seq: 1, hash: "f".repeat(64) })).toMatchObject({ seq: 1 });
});

it("lets entries be without a hash at the end, and only there", () => {
  const [first, second] = chainEntries([anEntry(1), anEntry(2)], beginning);
  if (first === undefined || second === undefined) throw new Error("two");
  expect(findBreak([first, second, anEntry(3), anEntry(4)], null)).toBeNull();
  expect(findBreak([first, anEntry(2), anEntry(3)], null)).toBeNull();
  const bare = { ...first, hash: null, previous_hash: null };
  expect(findBreak([bare, second], null)).toEqual({
    seq: 1,
    reason: "entry 1 has no hash, and entry 2 after it has one",
  });
});

it("hashes what is documented: SHA-256 of the canonical JSON of all other fields", async () => {
  const [sealed] = chainEntries([anEntry(1, { details: { b: 1, a: [true, null] } })], beginning);
  if (sealed === undefined) throw new Error("one");
  const { hash, ...others } = sealed;
  const sorted = JSON.stringify(
    Object.fromEntries(Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1))),
  ).replace('{"b":1,"a":[true,null]}', '{"a":[true,null],"b":1}');
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(sorted)));
  expect(hash).toBe(Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""));
});
