import { describe, expect, test } from "vitest";
import { checkFile, checkSource } from "./corpus-reading.ts";

const child = checkFile("good/child.yaml").template;

describe("merging a parent in", () => {
  test("maps merge by key and the child wins", () => {
    expect(child?.interface?.inputs?.prompt).toEqual({ type: "string", required: true, min_length: 2 });
    expect(child?.requirements?.quality_presets).toEqual({ draft: { steps: 10 }, high: { steps: 60, note: null } });
  });

  test("null takes an inherited key away, inputs and lists included", () => {
    expect(Object.keys(child?.interface?.inputs ?? {})).toEqual(["prompt", "quality", "size"]);
    expect(child).not.toHaveProperty("stages");
  });

  test("lists replace", () => {
    expect(child?.examples).toEqual([{ name: "sized", inputs: { prompt: "ab", size: 32 } }]);
    expect(child?.tags).toEqual(["one", "two"]);
  });

  test("id, version and abstract are the child's own", () => {
    const whole = checkFile("good/child_of_abstract.yaml").template;
    expect(whole).toMatchObject({ id: "whole", version: "1.0.0" });
    expect(whole).not.toHaveProperty("abstract");
  });

  test("a default replaces the inherited one whole, and null takes it away", () => {
    expect(inputOf("prompt: {required: null, default: abc}", "prompt")).toMatchObject({ default: "abc" });
    expect(inputOf("seed: {default: null}", "seed")).toEqual({ type: "integer", min: 0 });
    expect(inputOf("seed: {nullable: true, default: null}", "seed")).toMatchObject({ default: null });
  });

  test("the parent is not changed", () => {
    const before = JSON.stringify(checkFile("good/base.yaml").template);
    checkFile("good/child.yaml");
    expect(JSON.stringify(checkFile("good/base.yaml").template)).toBe(before);
  });
});

function inputOf(input: string, name: string): unknown {
  const { template, issues } = checkSource(
    `# parent: base.yaml\ntemplate:\n  id: child\n  version: 1.0.0\n  extends: base\n  interface:\n    inputs:\n      ${input}\n`,
  );
  expect(issues).toEqual([]);
  return template?.interface?.inputs?.[name];
}
