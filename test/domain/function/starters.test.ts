import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderStarters, starterModule } from "../../../scripts/starter-sources.ts";
import { functionRuntime } from "../../../src/contract/function/runtime.ts";
import { starters } from "../../../src/domain/function/starters.ts";

test("the starters that the registry answers are those of templates/starters", () => {
  // When they are not: `node scripts/starter-sources.ts`.
  expect(readFileSync(starterModule, "utf8")).toBe(renderStarters());
});

test("there is a starter for every runtime, and TypeScript before JavaScript", () => {
  expect(new Set(starters.map((starter) => starter.runtime))).toEqual(new Set(functionRuntime.options));
  const atTheEdge = starters.filter((starter) => starter.runtime === "javascript");
  expect(atTheEdge.map((starter) => starter.language)).toEqual(["typescript", "javascript"]);
});
