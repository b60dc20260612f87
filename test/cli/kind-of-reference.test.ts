import { describe, expect, test } from "vitest";
import { CommandRefusal } from "../../src/cli/command-refusal.ts";
import { callableReferences, kindOfReference, kindsOfReference, readKind } from "../../src/cli/kind-of-reference.ts";

describe("a reference", () => {
  test.each([
    ["image_resize", "template", "image_resize"],
    ["image_resize@1.2.3", "template", "image_resize@1.2.3"],
    ["image_resize@^1.2", "template", "image_resize@^1.2"],
    ["numpy.sharpen", "function", "numpy.sharpen"],
    ["numpy.sharpen@stable", "function", "numpy.sharpen@stable"],
    ["numpy.sharpen@>=1.0 <2.0", "function", "numpy.sharpen@>=1.0 <2.0"],
    ["function/numpy.sharpen@^1", "function", "numpy.sharpen@^1"],
    ["functions/numpy.sharpen", "function", "numpy.sharpen"],
    ["function/sharpen", "function", "sharpen"],
    ["template/image_resize", "template", "image_resize"],
    ["templates/image_resize", "template", "image_resize"],
    ["workflow/code-generation@v1", "workflow", "code-generation@v1"],
    ["workflows/plan", "workflow", "plan"],
    ["agent/planner", "agent", "planner"],
    ["agents/planner@^1", "agent", "planner@^1"],
    ["..", "function", ".."],
  ])("%s means a %s", (text, kind, reference) => {
    expect(kindOfReference(text)).toMatchObject({ kind, reference, routes: { of: { kind } } });
  });

  test.each(["workflo/plan", "x/planner", "templates2/a"])("%s is refused with the kinds there are", (text) => {
    expect(() => kindOfReference(text)).toThrow(CommandRefusal);
    expect(() => kindOfReference(text)).toThrow("template, function, workflow, agent");
  });

  test("that can only be a workflow's or an agent's must say which, where something is changed", () => {
    expect(() => kindOfReference("code-generation@1.0.0")).toThrow(
      "say workflow/code-generation or agent/code-generation",
    );
  });

  test.each([
    ["image_resize", ["template", "workflow", "agent"]],
    ["numpy.sharpen@^1", ["function", "workflow", "agent"]],
    ["code-generation", ["workflow", "agent"]],
    ["a.b", ["workflow", "agent"]],
    ["agent/planner", ["agent"]],
    ["Not_A_Name", ["template"]],
  ])("%s may mean, likeliest first: %j", (text, kinds) => {
    expect(kindsOfReference(text).map(({ kind }) => kind)).toEqual(kinds);
  });
});

test("what has no interface is refused where one is asked for", () => {
  const kinds = (text: string) => callableReferences(text, "").map(({ kind }) => kind);
  expect(kinds("numpy.sharpen")).toEqual(["function", "workflow"]);
  expect(kinds("image_resize")).toEqual(["template", "workflow"]);
  expect(kinds("code-generation")).toEqual(["workflow"]);
  expect(kinds("workflows/plan@v1")).toEqual(["workflow"]);
  expect(() => callableReferences("agents/plan", "a schema is of inputs")).toThrow(
    "agents/plan: a schema is of inputs, and agents have no interface;",
  );
});

test("kinds are read in the singular and the plural", () => {
  expect(["workflow", "workflows", "agents", "Agents", "x"].map(readKind)).toEqual([
    "workflow",
    "workflow",
    "agent",
    null,
    null,
  ]);
});
