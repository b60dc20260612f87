import { analyzeJavascript } from "../../../src/analyzer/javascript/analyze-javascript.ts";
import type { AnalysedFunction, SourceAnalysis } from "../../../src/contract/function/analysis.ts";
import type { SourceLanguage } from "../../../src/contract/function/runtime.ts";

/** The analysis of a text, TypeScript unless it is said otherwise. */
export function analyze(text: string, language: SourceLanguage = "typescript"): SourceAnalysis {
  return analyzeJavascript({ language, text, file: null });
}

/** The last function of a source that is accepted, and the codes of its warnings. */
export function lastFunction(
  text: string,
  language: SourceLanguage = "typescript",
): { fn: AnalysedFunction | undefined; codes: string[] } {
  const analysis = analyze(text, language);
  return { fn: analysis.functions.at(-1), codes: analysis.issues.map(({ code }) => code) };
}
