import type { AnalysedFunction, Docstring, SourceAnalysis } from "../../contract/function/analysis.ts";
import type { FunctionDefinition } from "../../contract/function/document.ts";
import type { SourceBytes, UnversionedFunction } from "./source-draft.ts";

/** Of `functionDefinition`. */
const longestDescription = 10_000;

/** The definition of one function that a source publishes. Tags and category are for people to give; a source has none. */
export function defineFunction(
  analysed: AnalysedFunction,
  source: Pick<SourceAnalysis, "language" | "api" | "packages">,
  code: Pick<SourceBytes["code"], "digest" | "mediaType">,
): UnversionedFunction {
  const description = describe(analysed.docs);
  const execution = executionOf(analysed);
  return {
    id: analysed.id,
    name: analysed.entry,
    ...(description === null ? {} : { description }),
    runtime: analysed.runtime,
    language: source.language,
    api: source.api,
    entry: analysed.entry,
    is_async: analysed.is_async,
    code: { digest: code.digest, media_type: code.mediaType },
    parameters: analysed.parameters,
    returns: analysed.returns,
    packages: source.packages,
    interface: analysed.interface,
    requirements: { resources: analysed.resources },
    ...(execution === null ? {} : { execution }),
  };
}

/** The summary, a blank line, and what follows it. */
function describe({ summary, description }: Docstring): string | null {
  const text = [summary, description].filter((part) => part !== null && part !== "").join("\n\n");
  if (text === "") return null;
  if (text.length <= longestDescription) return text;
  const cut = text.slice(0, longestDescription - 1);
  // Never half of a surrogate pair.
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}

/** Null when its decorator says nothing of it. */
function executionOf({ execution }: AnalysedFunction): NonNullable<FunctionDefinition["execution"]> | null {
  return Object.keys(execution).length === 0 ? null : { runtime: "runner", ...execution };
}
