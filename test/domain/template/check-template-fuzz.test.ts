import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { canonicalDigest } from "../../../src/domain/document/canonical-digest.ts";
import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";
import { readDocument } from "../../../src/domain/document/read-document.ts";
import { readDocumentStream } from "../../../src/domain/document/read-document-stream.ts";
import { checkTemplate } from "../../../src/domain/template/check-template.ts";
import { templateHeader } from "../../../src/domain/template/template-header.ts";
import { checkFile, corpus } from "./corpus-reading.ts";

const sources = ["good", "bad"].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, corpus)).map((file) => readFileSync(new URL(`${folder}/${file}`, corpus), "utf8")),
);
const parent = checkFile("good/base.yaml").template;

/** Text made of what YAML gives a meaning to. */
const yamlish = fc
  .array(
    fc.constantFrom(
      "a",
      "b: ",
      "- ",
      "\n",
      "  ",
      "{",
      "}",
      "[",
      "]",
      ",",
      '"',
      "'",
      "&x ",
      "*x",
      "!t ",
      "|",
      ">",
      "#",
      "? ",
      ": ",
      "---\n",
      "...\n",
      "%YAML 1.2\n",
      "<<: ",
      "~",
      "\t",
      "\r\n",
      "\\u12",
      "1e5",
      "template:\n",
      "\uFEFF",
      "\ud800",
      "\0",
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

/** A file of the corpus with some slips: a span cut out, doubled, or replaced. */
const mutated = fc
  .record({
    source: fc.constantFrom(...sources.filter((source) => source.length < 5000)),
    slips: fc.array(
      fc.record({ at: fc.nat(5000), length: fc.nat(12), text: fc.oneof(fc.string({ maxLength: 8 }), yamlish) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  })
  .map(({ source, slips }) =>
    slips.reduce(
      (text, { at, length, text: put }) =>
        text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + length),
      source,
    ),
  );

describe("any text at all", () => {
  test.each([
    ["arbitrary text", fc.string({ maxLength: 300, unit: "binary" })],
    ["text of YAML's own characters", yamlish],
    ["valid documents with slips", mutated],
  ])("%s is read and checked without a throw, with well-formed issues", (_, text) => {
    fc.assert(
      fc.property(text, (source) => checkAll(source)),
      { numRuns: 400 },
    );
  });

  test("any JSON value in the place of any part is checked without a throw", () => {
    const whole = readDocument(readFileSync(new URL("good/every_type.yaml", corpus), "utf8")).document?.value ?? null;
    const paths = pathsOf(whole);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, put) => {
        const { document } = documentOfValue(replaced(whole, path, put));
        if (document === null) return;
        for (const above of [null, parent]) {
          const { issues, template } = checkTemplate(document, above);
          expect(template === null).toBe(issues.some((issue) => issue.severity === "error"));
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a document means the same when it is written as canonical JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const first = documentOfValue(value).document;
        if (first === null) return;
        const again = readDocument(JSON.stringify(first.value)).document;
        if (again !== null) expect(canonicalDigest(again.value)).toBe(canonicalDigest(first.value));
      }),
    );
  });
});

function checkAll(source: string): void {
  readDocumentStream(source);
  const { document, issues } = readDocument(source);
  expect(document === null).toBe(issues.length > 0);
  const found = [...issues];
  if (document !== null) {
    templateHeader(document);
    canonicalDigest(document.value);
    for (const above of [null, parent]) found.push(...checkTemplate(document, above).issues);
  }
  const lines = source.split("\n").length;
  expect(found.length).toBeLessThanOrEqual(2 * limits.issues);
  for (const issue of found) {
    expect(issue.line).toBeGreaterThanOrEqual(1);
    expect(issue.line).toBeLessThanOrEqual(lines + 1);
    expect(issue.column).toBeGreaterThanOrEqual(1);
  }
}

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function replaced(value: unknown, path: readonly string[], put: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === key ? replaced(item, rest, put) : item));
  if (typeof value !== "object" || value === null) return put;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === key ? replaced(item, rest, put) : item]),
  );
}
