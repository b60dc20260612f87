import { WorkerEntrypoint } from "cloudflare:workers";
import wasm from "@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm";
import { type SourceAnalysis, type SourceText, sourceText } from "../../contract/function/analysis.ts";
import { analyzeSource } from "../analyze-source.ts";
import { loadRuff, type RuffCheck } from "../python/syntax/ruff-check.ts";

let ruff: RuffCheck | null = null;

/** The analyzer as a Worker: the registry calls `analyze` over its service binding. It executes nothing of what it reads. */
export default class Analyzer extends WorkerEntrypoint {
  /** All that a source says of itself. */
  analyze(source: SourceText): SourceAnalysis {
    ruff ??= loadRuff(wasm);
    return analyzeSource(sourceText.parse(source), ruff);
  }

  /** It has no address of its own; `/healthz` says that it runs. */
  override fetch(request: Request): Response {
    if (new URL(request.url).pathname !== "/healthz") return new Response("not found\n", { status: 404 });
    return Response.json({ status: "ok" });
  }
}
