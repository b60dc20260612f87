import fc from "fast-check";
import semver from "semver";
import { expect, test } from "vitest";
import type { VersionState } from "../../../src/contract/artifact/name-index.ts";
import type { Field } from "../../../src/contract/template/field.ts";
import { nextVersion, versionBefore } from "../../../src/domain/function/next-version.ts";
import { compareCallables } from "../../../src/domain/template/compare/compare-callables.ts";
import { checkInputs } from "../../../src/domain/template/value/check-inputs.ts";
import { aName } from "../registration/a-name.ts";
import { anyInputs, membersFor, mutationOfFields } from "../template/arbitrary-field.ts";
import { aFunction } from "./a-source-draft.ts";

type Inputs = Record<string, Field>;
const withdrawn: readonly VersionState[] = ["deprecated", "yanked", "deleted"];

/** Interfaces of which each is an edit of the one before, or of the first again; and what happened to a version in between. */
const histories = anyInputs.chain((first) =>
  fc.tuple(
    fc.constantFrom("1.0.0", "1.0.0", "0.3.0"),
    fc.constant(first),
    fc.array(
      fc.tuple(
        fc.oneof({ weight: 4, arbitrary: mutationOfFields(first) }, { weight: 1, arbitrary: fc.constant(first) }),
        fc.oneof(
          { weight: 2, arbitrary: fc.constant(null) },
          { weight: 1, arbitrary: fc.tuple(fc.nat({ max: 5 }), fc.constantFrom(...withdrawn)) },
        ),
      ),
      { minLength: 1, maxLength: 5 },
    ),
    fc.array(membersFor(first, ["d"]), { minLength: 6, maxLength: 6 }),
  ),
);

test("the version that is chosen never hides a break from those who follow a live version by its range", () => {
  let telling = 0;
  fc.assert(
    fc.property(histories, ([start, first, edits, calls]) => {
      let published: { version: string; state: VersionState; inputs: Inputs }[] = [
        { version: start, state: "live", inputs: first },
      ];
      for (const [inputs, event] of edits) {
        if (event !== null) {
          const [at, state] = event;
          published = published.map((one, index) => (index === at ? { ...one, state } : one));
        }
        const version = publish(published, inputs);
        expect(published.map((one) => one.version)).not.toContain(version);
        for (const before of published) {
          if (before.state !== "live" || !semver.satisfies(version, `^${before.version}`)) continue;
          for (const call of calls) {
            if (checkInputs({ inputs: before.inputs }, call).issueCount > 0) continue;
            telling += 1;
            expect(checkInputs({ inputs }, call).issues, `${version} follows ${before.version}`).toEqual([]);
          }
        }
        published = [{ version, state: "live" as const, inputs }, ...published].sort((a, b) =>
          semver.rcompare(a.version, b.version),
        );
      }
    }),
    { numRuns: 1500 },
  );
  // The property must not hold for want of cases.
  expect(telling).toBeGreaterThan(1000);
});

/** The number that the registry gives, told of the versions before, highest first. */
function publish(
  published: readonly { version: string; state: VersionState; inputs: Inputs }[],
  inputs: Inputs,
): string {
  const state = aName(published.map((one) => [one.version, one.state]));
  const before = versionBefore(state);
  const was = published.find((one) => one.version === before?.version);
  const callable = (of: Inputs) => ({ ...aFunction("python.measure", { inputs: of }), version: "1.0.0" });
  const bump = was === undefined ? "major" : compareCallables(callable(was.inputs), callable(inputs)).bump;
  const chosen = nextVersion(state, before, bump);
  if (!chosen.ok) throw new Error(chosen.failure.message);
  return chosen.value;
}
