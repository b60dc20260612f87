import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type NeedingMember, orderByNeed } from "../../../src/domain/workflow/order-by-need.ts";

const names = fc.constantFrom("a", "b", "c", "d", null);
const someMembers = fc.array(
  fc.record({ name: names, needs: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "elsewhere")) }),
);

describe("members of a batch", () => {
  test("come after those that they need", () => {
    const members = [
      { name: "top", needs: ["middle", "elsewhere"] },
      { name: "middle", needs: ["low"] },
      { name: "low", needs: [] },
    ];
    expect(orderByNeed(members)).toEqual([2, 1, 0]);
  });

  test("that need nothing of each other stay as they were sent", () => {
    expect(orderByNeed(["b", "a", null, "c"].map((name) => ({ name, needs: [] })))).toEqual([0, 1, 2, 3]);
  });

  test("in a circle are all done", () => {
    const members = [
      { name: "a", needs: ["b"] },
      { name: "b", needs: ["a"] },
      { name: "a", needs: [] },
    ];
    expect(orderByNeed(members)).toEqual([1, 0, 2]);
  });

  test("of any sort: each once, those of one name as they were sent", () => {
    fc.assert(
      fc.property(someMembers, (members) => {
        const order = orderByNeed(members);
        expect([...order].sort((a, b) => a - b)).toEqual([...members.keys()]);
        for (const name of ["a", "b", "c", "d"]) {
          const own = order.filter((at) => members[at]?.name === name);
          expect(own).toEqual([...own].sort((a, b) => a - b));
        }
      }),
    );
  });

  test("of any sort without a circle: nothing comes before what it needs", () => {
    // A name needs only names that come after it.
    const needsLater = someMembers.map((members) =>
      members.map(
        ({ name, needs }): NeedingMember => ({ name, needs: needs.filter((other) => name !== null && other > name) }),
      ),
    );
    fc.assert(
      fc.property(needsLater, (members) => {
        const order = orderByNeed(members);
        for (const [at, index] of order.entries()) {
          for (const need of members[index]?.needs ?? []) {
            const later = order.slice(at + 1).filter((other) => members[other]?.name === need);
            expect(later).toEqual([]);
          }
        }
      }),
    );
  });
});
