import { describe, expect, test } from "vitest";
import { readDocument } from "../../../src/domain/document/read-document.ts";
import { templateHeader } from "../../../src/domain/template/template-header.ts";

describe("the header of a template", () => {
  test("names the template and its parent", () => {
    expect(header("id: child\n  version: 1.2.0\n  extends: base@>=1 <3")).toEqual({
      id: "child",
      version: "1.2.0",
      extends: { name: "base", selector: ">=1 <3" },
      issues: [],
    });
  });

  test("a parent without a selector is its latest version", () => {
    expect(header("id: child\n  version: 1.2.0\n  extends: base").extends).toEqual({
      name: "base",
      selector: "latest",
    });
  });

  test("what is wrong is null and has an issue with its place", () => {
    const found = header("id: Upper\n  version: 1.2\n  extends: base@");
    expect(found).toMatchObject({ id: null, version: null, extends: null });
    expect(found.issues.map((issue) => [issue.code, issue.line])).toEqual([
      ["bad_form", 2],
      ["wrong_type", 3],
      ["parent_reference_invalid", 4],
    ]);
  });

  test("a document that is no template has a header of issues", () => {
    expect(headerOf("- 1").issues.map((issue) => issue.code)).toEqual(["missing_key", "missing_key"]);
  });
});

function header(body: string): ReturnType<typeof templateHeader> {
  return headerOf(`template:\n  ${body}\n`);
}

function headerOf(source: string): ReturnType<typeof templateHeader> {
  const { document } = readDocument(source);
  if (document === null) throw new Error("the test's own document cannot be read");
  return templateHeader(document);
}
