import { expect, test } from "vitest";
import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";
import { kindOfDocument, unknownDocumentText } from "../../../src/domain/document/kind-of-document.ts";

/** The kind of a document with this value. */
function kindOf(value: unknown) {
  const { document } = documentOfValue(value);
  if (document === null) throw new Error("it is no document");
  return kindOfDocument(document);
}

test.each([
  [{ template: {} }, "template"],
  [{ tempalte: {} }, "template"],
  [{ metadata: {}, steps: [] }, "workflow"],
  [{ metadata: {}, steps: [], extra: 1 }, "workflow"],
  [{ metadata: {}, inputs: {} }, "workflow"],
  [{ metadata: {}, stepz: [] }, "workflow"],
  [{ steps: [] }, "workflow"],
  [{ name: "Plan", url: "http://x", skills: [] }, "agent"],
  [{ name: "Plan", skills: [] }, "agent"],
  [{ name: "Plan", url: "http://x" }, "agent"],
  // Kubernetes, GitHub Actions, npm.
  [{ apiVersion: "v1", kind: "Service", metadata: {}, spec: {} }, null],
  [{ name: "build", on: "push", jobs: {} }, null],
  [{ name: "x", version: "1.0.0", dependencies: {} }, null],
  [{}, null],
  [[1], null],
])("%j is a %s", (value, kind) => {
  expect(kindOf(value)).toBe(kind);
});

test("a document of no kind is told what would be understood", () => {
  const { document } = documentOfValue({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 });
  if (document === null) throw new Error("it is no document");
  const { message, suggestion } = unknownDocumentText(document);
  expect(message).toContain('its keys are "a", "b", "c", "d", "e" and 1 more');
  expect(suggestion).toContain("a workflow has metadata and steps; an agent card has name, url and skills");
});
