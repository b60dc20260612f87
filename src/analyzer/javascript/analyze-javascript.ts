import type { AnalysedFunction, SourceAnalysis, SourceText } from "../../contract/function/analysis.ts";
import { functionLimits } from "../../contract/limits/function-limits.ts";
import { type Result, success } from "../../domain/result.ts";
import { analysisOf } from "../analysis-of.ts";
import { distinctFindings } from "../distinct-findings.ts";
import type { Finding } from "../finding.ts";
import { runtimeResources } from "../runtime-resources.ts";
import { sourcePlaces } from "../source-places.ts";
import { checkForbidden } from "./check-forbidden.ts";
import { checkText } from "./check-text.ts";
import { fileDocs } from "./docs/file-docs.ts";
import { findExports } from "./exports/find-exports.ts";
import { deriveInterface, type Surroundings } from "./interface/derive-interface.ts";
import { type NamedFunction, nameFunctions } from "./name-functions.ts";
import { readImports } from "./read-imports.ts";
import { readVersion } from "./read-version.ts";
import { readSchemas } from "./schema/read-schemas.ts";
import { checkErased, type ErasedModule, eraseTypes } from "./syntax/erase-types.ts";
import { type ModuleLanguage, parseModule } from "./syntax/parse-module.ts";
import { readModuleTypes } from "./types/module-types.ts";

/** All that analysis finds in a JavaScript or TypeScript source. Nothing in it is executed, and whatever the text is, it is answered. */
export function analyzeJavascript(source: SourceText): SourceAnalysis {
  // What runs: without a byte order mark, each line end as \n.
  const code = source.text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const bad = checkText(code);
  if (bad !== null) return analysisOf(source, bad.code === "too_large" ? "" : code, [bad]);
  const read = readSource(source.language === "typescript" ? "typescript" : "javascript", code);
  if (!read.ok) return analysisOf(source, code, read.failure);
  const { erased, findings, functions, imports, version } = read.value;
  if (erased !== null) findings.push(...checkErased(erased));
  return {
    ...analysisOf(source, code, distinctFindings(findings)),
    functions,
    imports,
    code: findings.some(isError) ? null : (erased?.text ?? code),
    version,
  };
}

/** What one reading of a source finds; `erased` is null where there were no types, or types that cannot be taken away. */
interface ReadSource extends Pick<SourceAnalysis, "functions" | "imports" | "version"> {
  erased: ErasedModule | null;
  findings: Finding[];
}

function readSource(language: ModuleLanguage, code: string): Result<ReadSource, Finding[]> {
  const parsed = parseModule(code, language);
  if (!parsed.ok) return parsed;
  const file = parsed.value;
  const erased = language === "typescript" ? eraseTypes(code, file) : success(null);
  const exported = findExports(code, file);
  const { named, findings: naming } = nameFunctions(exported.functions, exported.findings.some(isError));
  const entries = named.map(({ fn }) => fn.entry);
  const schemas = readSchemas(exported.schema, entries);
  const { version, findings: versioning } = readVersion(exported.version, [
    ...named.map(({ fn }) => fn.docs),
    fileDocs(code, file),
  ]);
  const findings: Finding[] = [
    ...(erased.ok ? [] : erased.failure),
    ...checkForbidden(file),
    ...exported.findings,
    ...naming,
    ...schemas.findings,
    ...versioning,
  ];
  const types = readModuleTypes(code, file);
  const isTyped = language === "typescript";
  const places = sourcePlaces(code);
  const functions: AnalysedFunction[] = [];
  for (const one of named.slice(0, functionLimits.functionsPerSource)) {
    const schema = schemas.byEntry.get(one.fn.entry) ?? null;
    const { findings: own, ...analysed } = analyse(one, { code, types, isTyped, schema });
    for (const finding of own) findings.push(finding);
    if (own.some(isError)) continue;
    functions.push({ ...analysed, ...places.placeOf(one.fn.span.from) });
  }
  return success({ erased: erased.ok ? erased.value : null, findings, functions, imports: readImports(file), version });
}

function isError({ severity }: Finding): boolean {
  return severity === "error";
}

function analyse(
  { id, fn }: NamedFunction,
  surroundings: Surroundings,
): Omit<AnalysedFunction, "line" | "column"> & { findings: Finding[] } {
  const derived = deriveInterface(fn, surroundings);
  return {
    id,
    entry: fn.entry,
    runtime: "javascript",
    is_async: fn.node.async === true,
    docs: derived.docs,
    parameters: derived.parameters,
    returns: derived.returns,
    interface: derived.interface,
    resources: runtimeResources.javascript,
    execution: {},
    findings: derived.findings,
  };
}
