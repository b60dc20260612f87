import { describe, expect, it } from "vitest";
import { type SourceBatchAnswer, sourceBatchAnswer } from "../../src/contract/function/registration.ts";
import { limits } from "../../src/contract/limits.ts";
import { ask, askJson, read, refusalOf } from "./a-registry.ts";
import { aFunctionName, aFunctionText, getFunction, postSources } from "./a-source.ts";

async function batchOf(response: Response): Promise<SourceBatchAnswer> {
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return sourceBatchAnswer.parse(JSON.parse(text));
}

describe("a batch of sources", () => {
  it("takes any file's name, and serves the source under it", async () => {
    const name = aFunctionName();
    const sources = [{ file: "half 'a' \u202e(1).py", source: aFunctionText(name) }];
    const { results } = await batchOf(await postSources(sources));
    expect(results.map(({ status }) => status)).toEqual(["created"]);
    const served = await read(`/v1/functions/python.${name}`, { Accept: "text/x-python" });
    expect(served.status).toBe(200);
    expect(served.headers.get("content-disposition")).toBe("inline; filename*=UTF-8''half%20%27a%27%20%281%29.py");
  });

  it("has a result for each, in the order sent, and one that is bad stops no other", async () => {
    const names = [aFunctionName(), aFunctionName()];
    const [first = "", second = ""] = names.map((name) => aFunctionText(name));
    const sources = [
      { file: "first.py", source: first },
      { file: "bad.py", source: "import os\n" },
      { file: "unknown.rb", source: "def f; end" },
      { file: "folder/second.py", source: second },
      { file: "large.py", source: `#${" ".repeat(limits.codeBytes)}` },
      { file: "named", language: "python", source: "def broken(:\n" },
    ];
    const response = await postSources(sources);
    const seq = response.headers.get("callsheet-seq");
    const { results, ...told } = await batchOf(response);
    expect(told).toEqual({ dry_run: false, seq: Number(seq) });
    expect(results.map(({ index, file, status, code }) => [index, file, status, code])).toEqual([
      [0, "first.py", "created", null],
      [1, "bad.py", "rejected", "INVALID_DOCUMENT"],
      [2, "unknown.rb", "rejected", "UNSUPPORTED_MEDIA_TYPE"],
      [3, "folder/second.py", "created", null],
      [4, "large.py", "rejected", "BODY_TOO_LARGE"],
      [5, "named", "rejected", "INVALID_DOCUMENT"],
    ]);
    expect(results[1]?.issues.map((issue) => issue.code)).toContain("forbidden_import");
    expect(results[5]?.issues[0]).toMatchObject({ code: "syntax_error", line: 1 });
    for (const name of names) expect((await getFunction(`python.${name}`)).version).toBe("1.0.0");
    expect((await batchOf(await postSources([{ file: "first.py", source: first }]))).results).toMatchObject([
      { status: "unchanged", functions: [{ version: "1.0.0" }] },
    ]);
  });

  it("publishes sources of one name in the order sent", async () => {
    const name = aFunctionName();
    const sources = Array.from({ length: 12 }, (_, at) => ({
      file: `${at}.py`,
      source: aFunctionText(name, { body: `return ${at}.0` }),
    }));
    const { results } = await batchOf(await postSources(sources));
    expect(results.map(({ functions }) => functions[0]?.version)).toEqual(sources.map((_, at) => `1.0.${at}`));
    const shown = await read(`/v1/functions/python.${name}`, { Accept: "text/x-python" });
    expect(await shown.text()).toBe(sources.at(-1)?.source);
  });

  it("gives the versions that are asked for, one for all functions of a source, or for each that is to be published", async () => {
    const [one, two, three] = [aFunctionName(), aFunctionName(), aFunctionName()];
    const sources = [
      { file: "a.py", source: aFunctionText(one), versions: "2.5.0" },
      {
        file: "b.py",
        source: `${aFunctionText(two)}\n\n${aFunctionText(three)}`,
        versions: { [`python.${two}`]: "0.3.1" },
      },
    ];
    const { results } = await batchOf(await postSources(sources));
    expect(results.flatMap(({ functions }) => functions.map(({ name, version }) => [name, version]))).toEqual([
      [`python.${one}`, "2.5.0"],
      [`python.${two}`, "0.3.1"],
    ]);
    expect((await read(`/v1/functions/python.${three}`)).status).toBe(404);
    const again = await batchOf(await postSources(sources));
    expect(again.results.map(({ status }) => status)).toEqual(["unchanged", "unchanged"]);
  });

  it("sees itself in a dry run, and leaves nothing", async () => {
    const name = aFunctionName();
    const forms = [{}, { body: "return 2.0" }, { parameters: "other: str" }, { parameters: "other: str" }];
    const sources = forms.map((form, at) => ({ file: `${at}.py`, source: aFunctionText(name, form) }));
    const { results, seq } = await batchOf(await postSources(sources, "?dry_run=true"));
    expect(seq).toBeNull();
    expect(results.map(({ status, functions }) => [status, functions[0]?.version])).toEqual([
      ["created", "1.0.0"],
      ["created", "1.0.1"],
      ["created", "2.0.0"],
      ["unchanged", "2.0.0"],
    ]);
    expect((await read(`/v1/functions/python.${name}`)).status).toBe(404);
  });

  it.each<[string, unknown]>([
    ["nothing", {}],
    ["no sources", { sources: [] }],
    ["a source without a name", { sources: [{ source: "x = 1" }] }],
    ["an empty source", { sources: [{ file: "a.py", source: "" }] }],
    ["an unknown key", { sources: [{ file: "a.py", source: "x", langauge: "python" }] }],
    ["half a character", { sources: [{ file: "a.py", source: "\uD800" }] }],
    ["too many", { sources: Array.from({ length: limits.batchDocuments + 1 }, () => ({ file: "a.py", source: "x" })) }],
  ])("with %s is refused", async (_, body) => {
    await refusalOf(await askJson("POST", "/v1/functions:batch", body), 400);
  });

  it("needs a token", async () => {
    const body = JSON.stringify({ sources: [{ file: "a.py", source: "x" }] });
    await refusalOf(await ask("POST", "/v1/functions:batch", { body, type: "application/json", token: null }), 401);
  });
});
