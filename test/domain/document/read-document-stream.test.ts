import { describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { readDocumentStream } from "../../../src/domain/document/read-document-stream.ts";

describe("reading a stream of documents", () => {
  test("each document has its places in the whole stream", () => {
    const [first, second] = readDocumentStream("a: 1\n---\n# two\nb: 2\n");
    expect(first?.document?.value).toEqual({ a: 1 });
    expect(second?.document?.value).toEqual({ b: 2 });
    expect(second?.document?.place("/b", "key")).toEqual({ line: 4, column: 1 });
  });

  test.each([
    ["a: 1\n---\na: 2\n", ["a: 1\n", "a: 2\n"]],
    ["# one\na: 1\n# end\n\n---\n# two\na: 2\n", ["# one\na: 1\n# end\n\n", "# two\na: 2\n"]],
    ["a: 1\n...\n# two\na: 2\n...\n# three\na: 3", ["a: 1\n", "# two\na: 2\n", "# three\na: 3"]],
    ["---\na: 1\n...\n---\n# two\na: 2\n", ["---\na: 1\n", "---\n# two\na: 2\n"]],
    ["a: 1\n...\n%YAML 1.2\n---\na: 2\n...\n", ["a: 1\n", "%YAML 1.2\n---\na: 2\n"]],
    ["a: 1\n---\n---\na: 2\n", ["a: 1\n", "a: 2\n"]],
    ["a: 1\r\n...\r\n# two\r\na: 2\r\n", ["a: 1\r\n", "# two\r\na: 2\r\n"]],
  ])("each document of %j has its own source, as its author wrote it", (stream, sources) => {
    expect(readDocumentStream(stream).map(({ source }) => source)).toEqual(sources);
  });

  test("a bad document does not stop the others", () => {
    const readings = readDocumentStream("a: 1\n---\nb: [\n---\nc: 1\nc: 2\n---\nd: 4\n");
    expect(readings.map((one) => one.document?.value ?? one.issues[0]?.code)).toEqual([
      { a: 1 },
      "yaml_syntax",
      "duplicate_key",
      { d: 4 },
    ]);
  });

  test("documents that hold nothing are skipped", () => {
    expect(readDocumentStream("---\n---\na: 1\n---\n# end\n")).toHaveLength(1);
    expect(readDocumentStream("---\n")[0]?.issues[0]?.code).toBe("empty_document");
  });

  test("one document too many is said once, where it starts", () => {
    const readings = readDocumentStream("a: 1\n---\n".repeat(limits.batchDocuments + 3));
    expect(readings).toHaveLength(limits.batchDocuments + 1);
    expect(readings.at(-1)?.issues).toMatchObject([{ code: "too_many_documents", line: limits.batchDocuments * 2 }]);
  });

  test("one document that is too large is refused, the others are read", () => {
    const readings = readDocumentStream(`a: ${"x".repeat(limits.documentBytes)}\n---\nb: 1\n`);
    expect(readings.map((one) => one.issues[0]?.code ?? "read")).toEqual(["document_too_large", "read"]);
  });

  test("a stream over its limit is refused whole", () => {
    expect(readDocumentStream("#".repeat(limits.batchBytes + 1))[0]?.issues[0]?.code).toBe("document_too_large");
  });

  test("what nests too deeply ends the stream, after what was read before", () => {
    const readings = readDocumentStream(`a: 1\n---\nb: 2\n---\n${"[".repeat(500)}`);
    expect(readings.map((one) => one.issues[0]?.code ?? "read")).toEqual(["read", "read", "document_too_deep"]);
  });
});
