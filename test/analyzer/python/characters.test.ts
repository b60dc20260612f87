import { describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { analyzeText, issuesOf } from "./analyze-text.ts";

const good = "from callsheet.memory import numpy\n\n\n@numpy\ndef same(image):\n    return image\n";

describe("the characters of a source", () => {
  test("every kind of line end becomes \\n, and a byte order mark goes", () => {
    for (const end of ["\r\n", "\r", "\n"]) {
      const analysis = analyzeText(`\uFEFF${good.replaceAll("\n", end)}`);
      expect(analysis.issues).toEqual([]);
      expect(analysis.code).toBe(good);
      expect(analysis.functions.map(({ id, line, column }) => `${id} ${line}:${column}`)).toEqual(["numpy.same 5:1"]);
    }
  });

  test("places are the same with every kind of line end and with a byte order mark", () => {
    const bad = good.replace("return image", "return eval('image')");
    for (const end of ["\r\n", "\r", "\n"]) {
      expect(issuesOf(`\uFEFF${bad.replaceAll("\n", end)}`)).toEqual(["forbidden_call 6:12"]);
    }
  });

  test("a null byte is refused where it stands, and is all that is said", () => {
    expect(issuesOf("x = 1\nimport os\ny = '\0'\n")).toEqual(["null_byte 3:6"]);
  });

  test("half of a surrogate pair is refused where it stands", () => {
    const analysis = analyzeText("x = '\u{1F600}\uD83D'\n");
    expect(analysis.issues.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual(["bad_character 1:7"]);
    expect(analysis.issues[0]?.snippet?.isWellFormed()).toBe(true);
  });

  test("a source over the limit is refused unread, counted in bytes of UTF-8", () => {
    const most = limits.codeBytes - good.length - 2;
    expect(issuesOf(`${good}#${"a".repeat(most)}\n`)).toEqual([]);
    expect(issuesOf(`${good}#${"a".repeat(most + 1)}\n`)).toEqual(["too_large 1:1"]);
    expect(issuesOf(`${good}#${"\u00e4".repeat(most)}\n`)).toEqual(["too_large 1:1"]);
  });

  test("an encoding is only taken from the first two lines", () => {
    expect(issuesOf(`#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\n${good}`)).toEqual([
      "declared_encoding 2:25",
    ]);
    expect(issuesOf(`# one\n# two\n# coding: latin-1\n${good}`)).toEqual([]);
    expect(issuesOf(`# -*- coding: UTF_8 -*-\n${good}`)).toEqual([]);
  });

  test("an empty source publishes nothing and says so", () => {
    for (const text of ["", "\n", "# only a comment", "\uFEFF", "   \n\t\n"]) {
      expect(issuesOf(text)).toEqual(["no_function 1:1"]);
    }
  });

  test("a snippet of a long line shows what is meant", () => {
    const issue = analyzeText(`x = [${"1, ".repeat(2000)}eval]\n`).issues.find(({ code }) => code === "forbidden_call");
    expect(issue?.column).toBe(6006);
    expect(issue?.snippet?.length).toBe(200);
    expect(issue?.snippet).toContain("eval");
  });
});
