import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { healthState } from "../../../src/contract/agent/health.ts";
import { answeringKinds, type CandidatePlace, comparePlaces } from "../../../src/domain/agent/order-candidates.ts";

function agent(name: string, version: string, health: CandidatePlace["health"]): CandidatePlace {
  return { kind: "agent", name, version, health };
}

describe("who answers first", () => {
  test("kinds in the documented order, then the healthy, then the highest version, then by name", () => {
    const ordered: CandidatePlace[] = [
      { kind: "function", name: "z", version: "0.1.0", health: null },
      { kind: "template", name: "a", version: "9.0.0", health: null },
      { kind: "workflow", name: "a", version: "9.0.0", health: null },
      agent("b", "1.10.0", "healthy"),
      agent("a", "1.9.0", "healthy"),
      agent("c", "1.9.0", "healthy"),
      agent("a2", "3.0.0", "unknown"),
      agent("a3", "4.0.0", "unhealthy"),
    ];
    expect(ordered.toReversed().sort(comparePlaces)).toEqual(ordered);
  });

  test("the order is total: whatever came first, the same comes out", () => {
    const number = fc.integer({ min: 0, max: 11 });
    const place = fc.record({
      kind: fc.constantFrom(...answeringKinds),
      name: fc.constantFrom("a", "b", "c", "d-e"),
      version: fc.tuple(number, number, number).map((parts) => parts.join(".")),
      health: fc.constantFrom(...healthState.options, null),
    });
    fc.assert(
      fc.property(
        fc
          .uniqueArray(place, { selector: ({ kind, name }) => `${kind}/${name}`, maxLength: 12 })
          .chain((places) => fc.tuple(fc.constant(places), fc.shuffledSubarray(places, { minLength: places.length }))),
        ([places, shuffled]) => {
          expect(shuffled.toSorted(comparePlaces)).toEqual(places.toSorted(comparePlaces));
          for (const a of places) for (const b of places) if (a !== b) expect(comparePlaces(a, b)).not.toBe(0);
        },
      ),
    );
  });
});
