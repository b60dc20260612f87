import type { SourceAnalysis, SourceText } from "../contract/function/analysis.ts";
import { analysisOf } from "./analysis-of.ts";
import { analyzeJavascript } from "./javascript/analyze-javascript.ts";
import { analyzePython } from "./python/analyze-python.ts";
import type { RuffCheck } from "./python/syntax/ruff-check.ts";

/** All that a source says of itself; nothing in it is executed. Never throws, whatever the text is. */
export function analyzeSource(source: SourceText, ruff: RuffCheck): SourceAnalysis {
  try {
    return source.language === "python" ? analyzePython(source, ruff) : analyzeJavascript(source);
  } catch {
    return failed(source);
  }
}

/** A bug of ours, as an issue: the author is told, and no stack leaves. */
function failed(source: SourceText): SourceAnalysis {
  return analysisOf(source, "", [
    {
      stage: "syntax",
      severity: "error",
      code: "analyzer_failed",
      message: "analysis failed on this source; that is a fault of the analyzer, not of the source",
      suggestion: "report it with the source; meanwhile, a simpler form of the same code may pass",
      span: { from: 0, to: 0 },
      path: "",
    },
  ]);
}
