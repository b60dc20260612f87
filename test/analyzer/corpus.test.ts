import { describe, expect, test } from "vitest";
import { loadAnalyzer } from "../../src/analyzer/node/load-analyzer.ts";
import { sourceAnalysis } from "../../src/contract/function/analysis.ts";
import { readCorpus } from "./support/read-corpus.ts";

const analyze = await loadAnalyzer();
const files = readCorpus().map((file) => ({
  ...file,
  analysis: analyze({ language: file.language, text: file.text, file: file.path.split("/").at(-1) ?? null }),
}));

describe("the corpus of sources", () => {
  test.each(files)("$path gives exactly the issues that it expects", ({ issues, analysis }) => {
    const found = analysis.issues.map(({ severity, code, line, column }) => `${severity} ${code} ${line}:${column}`);
    expect(found).toEqual(issues);
    expect(analysis.code === null).toBe(issues.some((issue) => issue.startsWith("error ")));
  });

  test.each(files)("the analysis of $path keeps to the contract", ({ analysis }) => {
    const parsed = sourceAnalysis.safeParse(analysis);
    expect(parsed.error?.issues ?? []).toEqual([]);
    expect(parsed.data).toEqual(analysis);
  });

  test.each(files)("each issue of $path says something in one line and shows its place", ({ analysis, text }) => {
    const lines = text.replace(/^\uFEFF/, "").split(/\r\n?|\n/);
    for (const issue of analysis.issues) {
      expect(issue.message).toMatch(/^[^\n]{10,}$/);
      expect(issue.message).not.toMatch(/undefined|\[object|NaN/);
      expect(issue.suggestion ?? "-").not.toMatch(/undefined|\[object|NaN|^$/);
      expect(issue.stage).toMatch(/^(syntax|imports|decorator|signature|types|docs)$/);
      const line = lines[(issue.line ?? 0) - 1] ?? "";
      expect(line.length <= 200 ? issue.snippet : line).toBe(line);
      const isAfter = (issue.end_line ?? 0) > (issue.line ?? 0) || (issue.end_column ?? 0) >= (issue.column ?? 0);
      expect(isAfter).toBe(true);
    }
  });

  const described = files.filter(({ functions }) => functions.length > 0);
  test.each(described)(
    "$path publishes the functions that it expects",
    ({ functions, packages, version, analysis }) => {
      expect(analysis.functions.map(({ id }) => id)).toEqual(functions.map(({ id }) => id));
      if (packages !== null) expect(analysis.packages).toEqual(packages);
      if (version !== null) expect(analysis.version).toBe(version);
      for (const [index, expected] of functions.entries()) {
        const { inputs, outputs } = analysis.functions[index]?.interface ?? { inputs: {}, outputs: {} };
        for (const [name, field] of expected.inputs) expect({ [name]: inputs[name] }).toEqual({ [name]: field });
        for (const [name, field] of expected.outputs) expect({ [name]: outputs[name] }).toEqual({ [name]: field });
        if (expected.inputNames !== null) expect(Object.keys(inputs)).toEqual(expected.inputNames);
      }
    },
  );
});
