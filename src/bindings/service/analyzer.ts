import { type SourceAnalysis, type SourceText, sourceAnalysis } from "../../contract/function/analysis.ts";

/** Reads a source without executing anything of it. Throws when it cannot be reached. */
export interface SourceAnalyzer {
  analyze(source: SourceText): Promise<SourceAnalysis>;
}

/** The analyzer's Worker as the service binding calls it. */
export interface AnalyzerService {
  analyze(source: SourceText): Promise<unknown>;
}

/** The analyzer behind a service binding. It is a Worker of its own, so its answer is parsed as anything from outside is. */
export function sourceAnalyzer(service: AnalyzerService): SourceAnalyzer {
  return { analyze: async (source) => sourceAnalysis.parse(await service.analyze(source)) };
}
