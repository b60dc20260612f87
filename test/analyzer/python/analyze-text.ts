import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { analyzeSource } from "../../../src/analyzer/analyze-source.ts";
import { loadRuff, type RuffCheck } from "../../../src/analyzer/python/syntax/ruff-check.ts";
import type { SourceAnalysis } from "../../../src/contract/function/analysis.ts";

const path = createRequire(import.meta.url).resolve("@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm");

/** Ruff, as the analyzer has it. */
export const ruff: RuffCheck = loadRuff(await readFile(path));

/** The analysis of a text as Python. */
export function analyzeText(text: string): SourceAnalysis {
  return analyzeSource({ language: "python", text, file: "source.py" }, ruff);
}

/** What it is refused or warned for: `CODE LINE:COLUMN`. */
export function issuesOf(text: string): string[] {
  return analyzeText(text).issues.map(({ code, line, column }) => `${code} ${line}:${column}`);
}
