import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadAnalyzer } from "../../src/analyzer/node/load-analyzer.ts";
import type { SourceLanguage } from "../../src/contract/function/runtime.ts";
import { functionRuntime } from "../../src/contract/function/runtime.ts";

const folder = new URL("../../templates/starters/", import.meta.url);
const analyze = await loadAnalyzer();

/** File → the function that it publishes, and its inputs in order. */
const starters: Record<string, [id: string, inputs: string[]]> = {
  "numpy.py": ["numpy.sharpen", ["image", "sigma", "amount", "slice_by_slice", "dtype_conversion"]],
  "cupy.py": ["cupy.subtract_background", ["image", "sigma", "slice_by_slice", "dtype_conversion"]],
  "torch.py": ["torch.even_contrast", ["image", "window", "strength", "slice_by_slice", "dtype_conversion"]],
  "tensorflow.py": ["tensorflow.find_edges", ["image", "direction", "slice_by_slice", "dtype_conversion"]],
  "jax.py": ["jax.deconvolve", ["image", "sigma", "iterations", "slice_by_slice", "dtype_conversion"]],
  "pyclesperanto.py": ["pyclesperanto.find_spots", ["image", "radius", "sigma", "slice_by_slice", "dtype_conversion"]],
  "python.py": ["python.summarise", ["values", "centre", "trim"]],
  "typescript.ts": ["javascript.check_focus", ["scores", "threshold"]],
  "javascript.js": ["javascript.convert_length", ["length", "from", "to"]],
};

describe("the starters", () => {
  test("there is one for every runtime and language", () => {
    // Python leaves a folder of its own where somebody imported one.
    const files = readdirSync(folder).filter((name) => name !== "__pycache__");
    expect(files.sort()).toEqual(Object.keys(starters).sort());
    const runtimes = Object.values(starters).map(([id]) => id.split(".")[0]);
    expect([...new Set(runtimes)].sort()).toEqual([...functionRuntime.options].sort());
  });

  test.each(Object.entries(starters))("%s registers as it is, without a warning", (file, [id, inputs]) => {
    const found = analyze({ language: languageOf(file), text: readFileSync(new URL(file, folder), "utf8"), file });
    expect(found.issues).toEqual([]);
    expect(found.functions.map((one) => one.id)).toEqual([id]);
    expect(Object.keys(found.functions[0]?.interface.inputs ?? {})).toEqual(inputs);
  });

  test.each(Object.entries(starters))("%s describes the function and every input and output", (file) => {
    const [found] = analyze({
      language: languageOf(file),
      text: readFileSync(new URL(file, folder), "utf8"),
      file,
    }).functions;
    expect(found?.docs.summary).toBeTruthy();
    const { inputs = {}, outputs = {} } = found?.interface ?? {};
    const undescribed = Object.entries({ ...inputs, ...outputs }).filter(([, field]) => !field.description);
    expect(undescribed.map(([name]) => name)).toEqual([]);
  });

  test("two of them return something beside the image", () => {
    const outputs = ["cupy.py", "pyclesperanto.py"].map((file) => {
      const text = readFileSync(new URL(file, folder), "utf8");
      return Object.keys(analyze({ language: "python", text, file }).functions[0]?.interface.outputs ?? {});
    });
    expect(outputs).toEqual([
      ["image", "metadata"],
      ["image", "metadata"],
    ]);
  });
});

function languageOf(file: string): SourceLanguage {
  if (file.endsWith(".ts")) return "typescript";
  return file.endsWith(".js") ? "javascript" : "python";
}
