import { describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";
import { checkTemplate } from "../../../src/domain/template/check-template.ts";
import { checkFile } from "./corpus-reading.ts";

const plain = {
  id: "sample",
  name: "Sample",
  version: "1.0.0",
  description: "A sample.",
  interface: { inputs: {}, outputs: { result: { type: "string" } } },
  requirements: { resources: {} },
};

describe("checking a template", () => {
  test("the template carries the contract's defaults and no extends", () => {
    const { template } = checkFile("good/child.yaml");
    expect(template).not.toHaveProperty("extends");
    expect(checkFile("good/smallest.yaml").template?.requirements?.resources).toEqual({
      gpu: false,
      cpu_cores: 1,
      memory_gb: 2,
    });
  });

  test("a document without a source gives issues without places", () => {
    const { issues } = check({ ...plain, version: "1" });
    expect(issues).toMatchObject([{ code: "bad_form", path: "/template/version", line: null, column: null }]);
  });

  test("over the limit of issues the errors are kept and all are counted", () => {
    const inputs: Record<string, unknown> = {};
    for (let index = 0; index < 125; index++) {
      inputs[`warned_${index}`] = { type: "string", required: true, default: "x" };
      inputs[`wrong_${index}`] = { type: "str" };
    }
    const { issues, issueCount } = check({ ...plain, interface: { ...plain.interface, inputs } });
    expect(issueCount).toBe(250);
    expect(issues).toHaveLength(limits.issues);
    expect(issues.filter((issue) => issue.severity === "error")).toHaveLength(125);
  });

  test("a template that is too large with its parent merged in is refused", () => {
    const text = "x".repeat(4000);
    const half = Object.fromEntries(
      Array.from({ length: 70 }, (_, at) => [`a${at}`, { type: "string", description: text }]),
    );
    const parent = check({ ...plain, interface: { ...plain.interface, inputs: half } }).template;
    const rest = Object.fromEntries(
      Array.from({ length: 70 }, (_, at) => [`b${at}`, { type: "string", description: text }]),
    );
    const child = documentOfValue({ template: { ...plain, extends: "sample", interface: { inputs: rest } } }).document;
    expect(parent).not.toBeNull();
    expect(child && checkTemplate(child, parent).issues).toMatchObject([{ code: "flattened_too_large" }]);
  });

  test("a field may have a name that objects have methods of", () => {
    const { template } = checkFile("good/object_keys_like_methods.yaml");
    expect(Object.keys(template?.interface?.inputs ?? {})).toEqual(["constructor", "toString", "hasOwnProperty"]);
  });
});

function check(template: unknown): ReturnType<typeof checkTemplate> {
  const { document } = documentOfValue({ template });
  if (document === null) throw new Error("the test's own document cannot be read");
  return checkTemplate(document, null);
}
