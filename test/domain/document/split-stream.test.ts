import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { joinStream, splitStream } from "../../../src/domain/document/split-stream.ts";

describe("a stream is split", () => {
  test.each([
    ["one document without marker", "a: 1\n", [["a: 1\n", 1]]],
    ["a marker before the first", "---\na: 1\n", [["---\na: 1\n", 1]]],
    [
      "two documents",
      "a: 1\n---\nb: 2\n",
      [
        ["a: 1\n", 1],
        ["---\nb: 2\n", 2],
      ],
    ],
    ["comments before the marker", "# one\n---\na: 1\n", [["# one\n---\na: 1\n", 1]]],
    [
      "an end marker",
      "a: 1\n...\nb: 2\n",
      [
        ["a: 1\n", 1],
        ["b: 2\n", 3],
      ],
    ],
    [
      "a directive",
      "a: 1\n...\n%YAML 1.2\n---\nb: 2\n",
      [
        ["a: 1\n", 1],
        ["%YAML 1.2\n---\nb: 2\n", 3],
      ],
    ],
    [
      "content on the marker's line",
      "--- {a: 1}\n--- {b: 2}\n",
      [
        ["--- {a: 1}\n", 1],
        ["--- {b: 2}\n", 2],
      ],
    ],
    ["an empty part at the end", "a: 1\n---\n", [["a: 1\n", 1]]],
    ["an empty part at the begin", "---\n# nothing\n---\na: 1\n", [["---\na: 1\n", 3]]],
    ["dashes inside a line", "a: '---'\nb: x --- y\n", [["a: '---'\nb: x --- y\n", 1]]],
    ["dashes that go on", "a: |\n  x\n----\n", [["a: |\n  x\n----\n", 1]]],
    [
      "CRLF",
      "a: 1\r\n---\r\nb: 2\r\n",
      [
        ["a: 1\r\n", 1],
        ["---\r\nb: 2\r\n", 2],
      ],
    ],
    ["nothing", "", [["", 1]]],
    ["only comments", "# a\n---\n", [["# a\n---\n", 1]]],
  ])("with %s", (_, source, parts) => {
    expect(splitStream(source).map(({ text, firstLine }) => [text, firstLine])).toEqual(parts);
  });
});

test("documents that are split and joined mean the same, and stand on the lines that are told", () => {
  const value = fc.constantFrom(
    "a: 1",
    "- x\n- y",
    "{a: [1, 2]}",
    "a: |\n  text\n  more",
    '"quoted"',
    "a: &x 1\nb: *x",
  );
  const form = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => `${text}\n`,
    (text) => `---\n${text}\n`,
    (text) => `# comment\n---\n${text}\n`,
    (text) => `%YAML 1.2\n---\n${text}\n\n# end\n`,
    (text) => `${text}\r\n`,
  );
  const documents = fc.array(
    fc.tuple(value, form).map(([text, written]) => written(text)),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(documents, (texts) => {
      const { stream, firstLines } = joinStream(texts);
      const expected = texts.flatMap((text) => parseAllDocuments(text).map((one) => one.toJS()));
      expect(parseAllDocuments(stream).map((one) => one.toJS())).toEqual(expected);
      const lines = stream.split("\n");
      for (const [i, text] of texts.entries()) {
        expect(lines[(firstLines[i] ?? 0) - 1]).toBe(text.split("\n")[0]);
      }
      expect(splitStream(stream).map(({ text }) => parseAllDocuments(text)[0]?.toJS())).toEqual(expected);
    }),
  );
});
