import { type AnalyzerService, type SourceAnalyzer, sourceAnalyzer } from "../bindings/service/analyzer.ts";
import { inTime } from "./in-time.ts";

/** Far above what the largest source takes: beyond it, the analyzer hangs. */
const timeoutMs = 20_000;

/** The analyzer behind its service binding. */
export function analyzerOf(env: Env): SourceAnalyzer {
  // Wrangler's types know of a service in another project only that it fetches; its RPC methods are src/analyzer/worker/main.ts.
  const analyzer = sourceAnalyzer(env.ANALYZER as unknown as AnalyzerService);
  return { analyze: (source) => inTime(timeoutMs, analyzer.analyze(source)) };
}
