import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { canonicalBytes, canonicalDigest, digestOfBytes } from "../../../src/domain/document/canonical-digest.ts";
import type { JsonValue } from "../../../src/domain/document/json-value.ts";
import { readDocument } from "../../../src/domain/document/read-document.ts";

describe("the digest of a document", () => {
  test("is sha256 over canonical JSON", () => {
    const text = '{"a":[1,"é",true,null,1e+30],"b":2}';
    expect(new TextDecoder().decode(canonicalBytes({ b: 2, a: [1.0, "é", true, null, 1e30] }))).toBe(text);
    expect(canonicalDigest({ b: 2, a: [1, "é", true, null, 1e30] })).toBe(
      `sha256:${createHash("sha256").update(text).digest("hex")}`,
    );
  });

  test("does not change with line ends, comments, key order, quoting or the language", () => {
    const sources = ["a: 1\nb: x\n", "b: 'x' # text\r\na: 1.0\r\n", '{"b":"x","a":1}', "\uFEFF---\n{a: 0x1, b: x}\n"];
    expect(new Set(sources.map((source) => canonicalDigest(readValue(source)))).size).toBe(1);
  });

  test("of bytes is over the bytes as they are", () => {
    expect(digestOfBytes(new Uint8Array())).toBe(
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });
});

function readValue(source: string): JsonValue {
  const { document } = readDocument(source);
  if (document === null) throw new Error("the test's own document cannot be read");
  return document.value;
}
