import { describe, expect, test } from "vitest";
import type { AnalysedFunction, Docstring } from "../../../src/contract/function/analysis.ts";
import { functionDefinition } from "../../../src/contract/function/document.ts";
import { defineFunction } from "../../../src/domain/function/define-function.ts";
import { functionCandidate, functionDigest } from "../../../src/domain/function/function-candidate.ts";
import { aDraft, aFunction } from "./a-source-draft.ts";

const code = { digest: `sha256:${"0".repeat(64)}`, mediaType: "text/x-python" };
const source = { language: "python" as const, api: 1, packages: ["scipy"] };

function analysed(docs: Partial<Docstring> = {}, parts: Partial<AnalysedFunction> = {}): AnalysedFunction {
  return {
    id: "numpy.blur_more",
    entry: "blurMore",
    runtime: "numpy",
    line: 3,
    column: 1,
    is_async: false,
    docs: { summary: null, description: null, args: {}, returns: [], ...docs },
    parameters: [],
    returns: { annotation: null, shape: "image", names: ["image"] },
    interface: { inputs: {}, outputs: { image: { type: "file" } } },
    resources: { gpu: false, cpu_cores: 1, memory_gb: 2 },
    execution: {},
    ...parts,
  };
}

describe("a function's definition", () => {
  test("is one that the contract takes", () => {
    const definition = defineFunction(analysed({ summary: "Blurs." }), source, code);
    expect(functionDefinition.parse({ ...definition, version: "1.0.0" })).toEqual({ ...definition, version: "1.0.0" });
    expect(definition).toMatchObject({
      id: "numpy.blur_more",
      name: "blurMore",
      entry: "blurMore",
      packages: ["scipy"],
    });
    expect(Object.keys(definition)).not.toContain("execution");
  });

  test.each<[string, Partial<Docstring>, string | undefined]>([
    ["of both parts", { summary: "Blurs.", description: "A lot." }, "Blurs.\n\nA lot."],
    ["of the summary alone", { summary: "Blurs." }, "Blurs."],
    ["of the rest alone", { description: "A lot." }, "A lot."],
    ["of nothing", {}, undefined],
  ])("has a description %s", (_, docs, expected) => {
    expect(defineFunction(analysed(docs), source, code).description).toBe(expected);
  });

  test("has a description that is cut at its limit, between characters", () => {
    const { description = "" } = defineFunction(analysed({ summary: `a${"😀".repeat(6000)}` }), source, code);
    expect(description.length).toBeLessThanOrEqual(10_000);
    expect(description.isWellFormed()).toBe(true);
    expect(description.endsWith("😀…")).toBe(true);
  });

  test("has the execution that its decorator asks for", () => {
    const { execution } = defineFunction(analysed({}, { execution: { timeout_seconds: 90 } }), source, code);
    expect(execution).toEqual({ runtime: "runner", timeout_seconds: 90 });
  });
});

test("a candidate's digest is that of its document, its bytes are its document's, and facts come from it", () => {
  const draft = aDraft([aFunction("cupy.blur", { description: "Blurs.", requirements: { resources: gpu } })]);
  const [blur] = draft.functions;
  if (blur === undefined) throw new Error("there is one");
  const candidate = functionCandidate(blur, "1.2.0", draft);
  expect(candidate.digest).toBe(functionDigest(blur, "1.2.0"));
  expect(candidate.digest).not.toBe(functionDigest(blur, "1.2.1"));
  const { id, ...rest } = blur;
  expect(new TextDecoder().decode(candidate.flattened.bytes)).toBe(
    JSON.stringify({ function: { id, version: "1.2.0", ...rest } }),
  );
  expect(candidate.facts).toMatchObject({ title: "blur", description: "Blurs.", runtime: "cupy", gpu: true });
});

const gpu = { gpu: true, vram_gb: 2, cpu_cores: 1, memory_gb: 4 };
