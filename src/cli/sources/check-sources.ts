import type { SourceAnalysis } from "../../contract/function/analysis.ts";
import type { Issue } from "../../contract/issue.ts";
import type { SourceFile } from "./read-sources.ts";
import { sentName } from "./sent-name.ts";

/** What checking a source found. `analysis` is null when it could not be read. */
export interface CheckedSource {
  source: SourceFile;
  analysis: SourceAnalysis | null;
  issues: Issue[];
}

/** Checks sources by the analysis that the registry has, without a registry. */
export async function checkSources(sources: readonly SourceFile[]): Promise<CheckedSource[]> {
  if (sources.length === 0) return [];
  // The analyzer is large, and most commands never need it.
  const { loadAnalyzer } = await import("../../analyzer/node/load-analyzer.ts");
  const analyze = await loadAnalyzer();
  return sources.map((source) => {
    if (source.issues.length > 0) return { source, analysis: null, issues: source.issues };
    const analysis = analyze({ language: source.language, text: source.text, file: sentName(source.file) });
    return { source, analysis, issues: analysis.issues };
  });
}

/** Whether nothing refuses it. */
export function isAccepted({ issues }: { issues: readonly Issue[] }): boolean {
  return issues.every(({ severity }) => severity !== "error");
}
