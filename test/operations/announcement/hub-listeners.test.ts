import fc from "fast-check";
import { expect, test } from "vitest";
import { ModelListeners } from "./model-listeners.ts";

/** What may happen to a hub and those who listen at it. */
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ act: fc.constant("publish" as const), count: fc.integer({ min: 1, max: 12 }) }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constant("broadcast" as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant("join" as const),
      /** From how far back. */
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      wants: fc.constantFrom("*", "templates/even", "templates/none"),
      answers: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("leave" as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("look" as const), seconds: fc.integer({ min: 1, max: 50 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("hibernate" as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("outage" as const), isDown: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ act: fc.constant("wait" as const), turns: fc.integer({ min: 1, max: 12 }) }) },
);

test("every listener is told of what it wants after its place, each once and in order, whatever happens", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 5, maxLength: 60 }),
      fc.infiniteStream(fc.nat({ max: 3 })),
      async (acts, delays) => {
        const model = new ModelListeners(delays);
        for (const one of acts) await model.carryOut(one);
        await model.settle();
        expect(model.wrong()).toEqual([]);
      },
    ),
    { numRuns: 600 },
  );
}, 120_000);
