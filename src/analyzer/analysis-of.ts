import type { SourceAnalysis, SourceText } from "../contract/function/analysis.ts";
import { decoratorApi } from "../contract/function/runtime.ts";
import type { Finding } from "./finding.ts";
import { placeFindings } from "./place-findings.ts";

/** What was found in a source of which nothing else is known (yet): no functions, no code. */
export function analysisOf({ language }: SourceText, code: string, findings: readonly Finding[]): SourceAnalysis {
  return {
    language,
    api: decoratorApi,
    functions: [],
    imports: [],
    packages: [],
    code: null,
    version: null,
    issues: placeFindings(code, findings),
    issue_count: findings.length,
  };
}
