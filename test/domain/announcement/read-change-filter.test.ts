import fc from "fast-check";
import { expect, test } from "vitest";
import { changeType } from "../../../src/contract/announcement/change-event.ts";
import { readChangeFilter } from "../../../src/domain/announcement/read-change-filter.ts";

test("nothing asked for is everything", () => {
  expect(readChangeFilter({})).toEqual({ ok: true, value: { types: null, names: ["*"] } });
});

test("lists are read with commas between, whatever space is around", () => {
  const read = readChangeFilter({ types: "tag.moved, version.deleted ,", names: "templates/a_*,*" });
  expect(read).toEqual({
    ok: true,
    value: { types: ["tag.moved", "version.deleted"], names: ["templates/a_*", "*"] },
  });
});

test("the last part of a type alone is understood, and hinted at", () => {
  for (const type of changeType.options) {
    const [, last = ""] = type.split(".");
    const read = readChangeFilter({ types: last });
    if (read.ok) throw new Error("it was taken");
    expect(read.failure.code).toBe("INVALID_REQUEST");
    expect(read.failure.message).toMatch(/did you mean (version|tag)\./);
  }
});

test("any text is read or refused with a short message", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 3000 }), fc.string({ maxLength: 3000 }), (types, names) => {
      const read = readChangeFilter({ types, names });
      if (!read.ok) expect(read.failure.message.length).toBeLessThan(600);
    }),
  );
});
