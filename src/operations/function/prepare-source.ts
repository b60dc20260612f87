import { z } from "zod";
import type { SourceAnalyzer } from "../../bindings/service/analyzer.ts";
import type { Failure } from "../../contract/failure.ts";
import type { SourceAnalysis } from "../../contract/function/analysis.ts";
import { functionDefinition } from "../../contract/function/document.ts";
import { type SourceLanguage, sourceMediaTypes } from "../../contract/function/runtime.ts";
import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";
import { chooseFunctions } from "../../domain/function/choose-functions.ts";
import { defineFunction } from "../../domain/function/define-function.ts";
import type {
  AskedVersion,
  SourceBytes,
  SourceDraft,
  UnversionedFunction,
} from "../../domain/function/source-draft.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** A source as its author sent it. */
export interface FunctionSource {
  bytes: Uint8Array;
  text: string;
  language: SourceLanguage;
  file: string | null;
  /** For every function of it; null: what the source says, else the registry chooses. */
  version: string | null;
  /** For each function by its name; it goes before `version`, and functions that it does not name are not published. */
  versions?: Readonly<Record<string, string>>;
}

/** A source that passed analysis, and what analysis warned of. */
export interface PreparedSource {
  draft: SourceDraft;
  warnings: Issue[];
}

/** Turns a source into what it publishes, or into all that is wrong with it. Nothing of it is executed. */
export async function prepareSource(
  analyzer: SourceAnalyzer,
  source: FunctionSource,
): Promise<Result<PreparedSource, Failure>> {
  const { language, text, file } = source;
  const analysis = await analyse(analyzer, { language, text, file });
  if (analysis === null) return analyzerAway();
  const errors = analysis.issues.filter((issue) => issue.severity === "error");
  const { code, ...told } = analysis;
  if (errors.length > 0 || code === null) return refuseSource(file, analysis.issues, analysis.issue_count);
  if (analysis.functions.length === 0) return refuseSource(file, [nothingFound], 1);
  const bytes = bytesOf(source, code, told);
  const defined = defineAll(analysis, bytes);
  if (!defined.ok) return refuseSource(file, defined.failure, defined.failure.length);
  const chosen = chooseFunctions(defined.value, source.versions);
  if (!chosen.ok) return refuseSource(file, chosen.failure, 1);
  return success({
    draft: {
      functions: chosen.value,
      bytes,
      version: askedVersion(source.version, analysis.version),
      ...(source.versions === undefined ? {} : { versions: source.versions }),
    },
    warnings: analysis.issues,
  });
}

/** Null when the analyzer cannot be reached. An answer that breaks the contract is a bug, and throws. */
async function analyse(
  analyzer: SourceAnalyzer,
  source: Parameters<SourceAnalyzer["analyze"]>[0],
): Promise<SourceAnalysis | null> {
  try {
    return await analyzer.analyze(source);
  } catch (error) {
    if (error instanceof z.ZodError) throw error;
    console.error(JSON.stringify({ level: "error", analyzer: String(error) }));
    return null;
  }
}

function analyzerAway(): Result<never, Failure> {
  const message = "the analyzer does not answer, so nothing was published; send the same again in a moment";
  return refusal({ code: "UNAVAILABLE", message, retryAfterSeconds: 2 });
}

/** What a request says wins: it is said last. */
function askedVersion(ofRequest: string | null, ofSource: string | null): AskedVersion | null {
  if (ofRequest !== null) return { version: ofRequest, saidBy: "request" };
  return ofSource === null ? null : { version: ofSource, saidBy: "source" };
}

function bytesOf(source: FunctionSource, code: string, told: object): SourceBytes {
  const encoder = new TextEncoder();
  const codeBytes = encoder.encode(code);
  // The code is a blob of its own; the analysis tells all else.
  const analysis = encoder.encode(JSON.stringify(told));
  return {
    source: {
      bytes: source.bytes,
      digest: digestOfBytes(source.bytes),
      mediaType: sourceMediaTypes[source.language],
      file: source.file,
    },
    code: {
      bytes: codeBytes,
      digest: digestOfBytes(codeBytes),
      // What runs of TypeScript is the JavaScript that is left when its types are stripped.
      mediaType: sourceMediaTypes[source.language === "python" ? "python" : "javascript"],
    },
    analysis: { bytes: analysis, digest: digestOfBytes(analysis) },
  };
}

const unversioned = functionDefinition.omit({ version: true });

/** Every function's definition, checked by the contract that lookups promise. */
function defineAll(analysis: SourceAnalysis, bytes: SourceBytes): Result<UnversionedFunction[], Issue[]> {
  const found: Issue[] = [];
  const functions = analysis.functions.flatMap((analysed) => {
    const parsed = unversioned.safeParse(defineFunction(analysed, analysis, bytes.code));
    const wrong = parsed.success ? sizeProblem(parsed.data) : parsed.error.issues[0]?.message;
    if (wrong === undefined && parsed.success) return [parsed.data];
    found.push({
      severity: "error",
      path: `/functions/${analysed.entry}`,
      line: analysed.line,
      column: analysed.column,
      code: "function_refused",
      message: `${analysed.id} cannot be published: ${wrong ?? "its definition is not well-formed"}`,
      suggestion: null,
      stage: "signature",
    });
    return [];
  });
  return found.length === 0 ? success(functions) : refusal(found);
}

function sizeProblem(definition: UnversionedFunction): string | undefined {
  const size = new TextEncoder().encode(JSON.stringify({ function: definition })).byteLength;
  const most = limits.flattenedDocumentBytes;
  if (size <= most) return undefined;
  return `its definition would have ${Math.ceil(size / 1024)} KiB, and ${most / 1024} KiB are the most: use fewer or smaller types`;
}

const nothingFound: Issue = {
  severity: "error",
  path: "",
  line: null,
  column: null,
  code: "no_function",
  message: "the source publishes no function",
  suggestion: "decorate one, like @numpy, or export one",
  stage: "decorator",
};

function refuseSource(file: string | null, issues: readonly Issue[], count: number): Result<never, Failure> {
  const [first] = issues.filter((issue) => issue.severity === "error");
  const told = first === undefined ? "it is not valid" : `${placeOf(file, first)}${first.message}`;
  const more = count > 1 ? `; ${count} findings in all` : "";
  return refusal({
    code: "INVALID_DOCUMENT",
    message: `the source is refused: ${told}${more}`,
    issues: issues.slice(0, limits.issues),
    ...(count > limits.issues ? { issueCount: count } : {}),
  });
}

/** `sharpen.py:3:1: `, as compilers write it. */
function placeOf(file: string | null, { line, column }: Issue): string {
  if (line === null) return file === null ? "" : `${file}: `;
  return `${file ?? "line "}${file === null ? "" : ":"}${line}${column === null ? "" : `:${column}`}: `;
}
