import fc from "fast-check";
import { expect, it } from "vitest";
import { batchAnswer } from "../../src/contract/artifact/registration.ts";
import { ask, read } from "./a-registry.ts";
import { aCard, aWorkflow } from "./an-agent.ts";
import { expectPlaced, expectSound } from "./an-answer.ts";

const oddValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    "",
    [],
    {},
    1e308,
    2 ** 53,
    "\u0000",
    "\uFEFF",
    "http://[",
    "1.0.0-x",
    "x".repeat(5000),
  ),
);

/** A card or a workflow with some of its keys replaced, or with keys that nobody knows. */
const mutated = fc
  .tuple(
    fc.constantFrom<["agents" | "workflows", Record<string, unknown>]>(
      ["agents", aCard("fuzzed")],
      ["workflows", aWorkflow("fuzzed")],
    ),
    fc.dictionary(
      fc.oneof(
        fc.constantFrom("id", "name", "version", "url", "skills", "labels", "security", "metadata", "steps", "inputs"),
        fc.constantFrom("constructor", "toString", "", "/", "~0", "x y"),
      ),
      oddValue,
      { minKeys: 1, maxKeys: 3 },
    ),
  )
  .map(([[path, document], parts]) => ({ path, document: { ...document, ...parts } }));

it("whatever is sent as a card or a workflow, the answer is sound and says where it is wrong", async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async ({ path, document }) => {
      const body = JSON.stringify(document);
      const response = await ask("POST", `/v1/${path}?dry_run=true`, { body, type: "application/json" });
      const told = await expectSound(response);
      if (told?.code === "INVALID_DOCUMENT") expectPlaced(told.issues, true);
    }),
    { numRuns: 150 },
  );
});

it("whatever is in a batch, every member has a result", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(oddValue, { minLength: 1, maxLength: 5 }), fc.boolean(), async (members, isAgents) => {
      const path = isAgents ? "agents" : "workflows";
      const body = JSON.stringify(members);
      const response = await ask("POST", `/v1/${path}:batch?dry_run=true`, { body, type: "application/json" });
      const text = await response.text();
      expect(response.status, text).toBe(200);
      expect(batchAnswer.parse(JSON.parse(text)).results).toHaveLength(members.length);
    }),
    { numRuns: 50 },
  );
});

it("whatever is asked for as a skill, or as a label, the answer is sound", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.string({ maxLength: 20 }),
      async (skill, label) => {
        const path = `/v1/skills/${encodeURIComponent(skill.toWellFormed())}`;
        const query = new URLSearchParams([
          ["label", label],
          ["label", "a:b"],
        ]);
        await expectSound(await read(`${path}?${query}`));
        await expectSound(await read(`${path}?cursor=${encodeURIComponent(label)}`));
      },
    ),
    { numRuns: 100 },
  );
});
