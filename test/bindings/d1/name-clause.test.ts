import { env } from "cloudflare:test";
import fc from "fast-check";
import { expect, it } from "vitest";
import { nameClause } from "../../../src/bindings/d1/access/name-clause.ts";
import { namePattern } from "../../../src/contract/access/name-pattern.ts";
import { matchesName } from "../../../src/domain/access/matches-name.ts";

/** Which of these names D1 says fit. */
async function fitting(patterns: readonly string[], names: readonly string[]): Promise<string[]> {
  const clause = nameClause(patterns, "given.value");
  const where = clause === null ? "" : `WHERE ${clause.sql}`;
  const { results } = await env.DB.prepare(`SELECT given.value FROM json_each(?) AS given ${where}`)
    .bind(JSON.stringify(names), ...(clause?.values ?? []))
    .all<{ value: string }>();
  return results.map(({ value }) => value);
}

const letters = fc.constantFrom("a", "b", "/", "_", ".", "-");
const aText = fc.array(letters, { maxLength: 8 }).map((each) => each.join(""));
const aPattern = fc
  .array(fc.oneof(letters, fc.constant("*")), { minLength: 1, maxLength: 10 })
  .map((each) => each.join(""));

it("finds in D1 exactly the names that fit by the rule itself", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aPattern, { minLength: 1, maxLength: 5 }),
      fc.array(aText, { maxLength: 30 }),
      async (patterns, names) => {
        expect(await fitting(patterns, names)).toEqual(names.filter((name) => matchesName(patterns, name)));
      },
    ),
    { numRuns: 200 },
  );
});

it("takes as many patterns, and as long ones, as a token may have", async () => {
  const long = "l".repeat(60);
  const names = [`templates/${long}`, `templates/${long}_more`, `functions/${long}`, "models/a/b/c", "x"];
  const patterns = [`templates/${long}`, `templates/${long}*`, `*/${long}`, "*/*/*/c"].map((one) =>
    namePattern.parse(one),
  );
  const others = Array.from({ length: 46 }, (_, n) => `functions/other_${n}*`);
  expect(await fitting([...others, ...patterns], names)).toEqual(names.slice(0, -1));
  expect(await fitting([`*${long}`], names)).toEqual([names[0], names[2]]);
  expect(await fitting(["*"], names)).toEqual(names);
  expect(namePattern.safeParse(`*${long}*`).success).toBe(false);
});
