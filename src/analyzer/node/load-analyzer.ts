import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { SourceAnalysis, SourceText } from "../../contract/function/analysis.ts";
import { analyzeSource } from "../analyze-source.ts";
import { loadRuff } from "../python/syntax/ruff-check.ts";

/** The analyzer for Node, the same as the Worker's. Loading takes a tenth of a second; do it once. */
export async function loadAnalyzer(): Promise<(source: SourceText) => SourceAnalysis> {
  // The packed CLI has it beside itself, and no node_modules.
  const beside = new URL("ruff_wasm_bg.wasm", import.meta.url);
  const path = existsSync(beside)
    ? beside
    : createRequire(import.meta.url).resolve("@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm");
  const ruff = loadRuff(await readFile(path));
  return (source) => analyzeSource(source, ruff);
}
