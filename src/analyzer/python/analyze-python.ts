import type { AnalysedFunction, SourceAnalysis, SourceText } from "../../contract/function/analysis.ts";
import { limits } from "../../contract/limits.ts";
import { analysisOf } from "../analysis-of.ts";
import { distinctFindings } from "../distinct-findings.ts";
import type { Finding } from "../finding.ts";
import { runtimeResources } from "../runtime-resources.ts";
import { sourcePlaces } from "../source-places.ts";
import { type ChosenFunction, chooseFunctions } from "./decorators/choose-functions.ts";
import { readArguments } from "./decorators/read-arguments.ts";
import { findingOf } from "./finding-of.ts";
import { checkImports } from "./imports/check-imports.ts";
import { findForbiddenNames } from "./imports/find-forbidden-names.ts";
import { listImports, type SourceImport } from "./imports/list-imports.ts";
import { listPackages } from "./imports/list-packages.ts";
import { deriveInterface } from "./interface/derive-interface.ts";
import { readVersion } from "./read-version.ts";
import { checkIds } from "./signature/check-ids.ts";
import { checkSignature, idOf } from "./signature/check-signature.ts";
import { findYields } from "./signature/find-yields.ts";
import { bridgeGaps } from "./syntax/bridge-gaps.ts";
import { checkCharacters, checkSize, checkSyntax, findUnread } from "./syntax/check-syntax.ts";
import { parseBridged } from "./syntax/parse-tree.ts";
import { readModuleTree } from "./syntax/read-module.ts";
import type { RuffCheck } from "./syntax/ruff-check.ts";
import { scanTokens } from "./syntax/scan-tokens.ts";

/** All that a Python source says of itself, stage by stage: a syntax error stops the reading, the other stages tell all they find. */
export function analyzePython(source: SourceText, ruff: RuffCheck): SourceAnalysis {
  const tooLarge = checkSize(source.text);
  if (tooLarge !== null) return analysisOf(source, "", [tooLarge]);
  const code = normalized(source.text);
  const bad = checkCharacters(code);
  if (bad !== null) return analysisOf(source, code, [bad]);
  const tokens = scanTokens(code);
  const errors = checkSyntax(code, tokens, ruff);
  if (errors.length > 0) return analysisOf(source, code, errors);

  const bridged = bridgeGaps(code, tokens);
  const tree = parseBridged(bridged);
  const { module, bindings, definitions } = readModuleTree(code, tree);
  const imports = listImports(code, tree);
  const starred = imports.filter(({ name }) => name === "*").map((imported) => imported.module);
  const hidden = tokens.filter(({ type, from, to, text }, index) => {
    return type === "name" && bridged.slice(from, to) !== text && tokens[index - 1]?.text !== ".";
  });
  const places = sourcePlaces(code);
  const { chosen, findings: decorating } = chooseFunctions({ places, bindings, starred }, definitions);
  const { version, findings: versioning } = readVersion(module);
  const packages = listPackages(imports);
  const findings = [
    ...findUnread(tree),
    ...checkImports(imports, bindings),
    ...findForbiddenNames(code, tree, imports, hidden),
    ...checkPackages(packages),
    ...decorating,
    ...checkIds(chosen),
    ...versioning,
  ];

  const yields = findYields(tree, tokens);
  const functions: AnalysedFunction[] = [];
  for (const one of chosen.slice(0, limits.functionsPerSource)) {
    const own: Finding[] = checkSignature(one, yields.get(one.statement.node.from) ?? null);
    const settings = settingsOf(code, one);
    const derived = deriveInterface(one.fn, module, one.runtime);
    own.push(...settings.findings, ...derived.findings.filter((finding) => !isToldBy(own, finding)));
    findings.push(...own);
    if (own.some(({ severity }) => severity === "error")) continue;
    functions.push({
      id: idOf(one.fn.name, one.runtime),
      entry: one.fn.name,
      runtime: one.runtime,
      ...places.placeOf(one.statement.node.from),
      is_async: one.fn.isAsync,
      docs: derived.docs,
      parameters: derived.parameters,
      returns: derived.returns,
      interface: derived.interface,
      resources: settings.resources,
      execution: settings.execution,
    });
  }
  const isRefused = findings.some(({ severity }) => severity === "error");
  return {
    ...analysisOf(source, code, distinctFindings(findings)),
    functions,
    imports: modulesOf(imports).map(({ module: path, at }) => ({ module: path, line: places.placeOf(at).line })),
    packages,
    code: isRefused ? null : code,
    version,
  };
}

/** What of the source runs: without a byte order mark, each line end as \n. */
function normalized(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
}

function settingsOf(code: string, { fn, runtime, decorator }: ChosenFunction): ReturnType<typeof readArguments> {
  if (decorator !== null) return readArguments(code, decorator, `/functions/${fn.name}`);
  return { resources: runtimeResources[runtime], execution: {}, findings: [] };
}

/** Whether what the interface lacks only repeats what the signature has been refused for. */
function isToldBy(told: readonly Finding[], { code, span, path }: Finding): boolean {
  return told.some((other) => {
    if (code === "no_image_returned") return other.code === "generator_function" || other.code === "first_parameter";
    if (code !== "unknown_type") return false;
    if (other.code === "first_parameter" && path.endsWith("/parameters/image")) return true;
    return (other.code === "missing_hint" || other.code === "first_parameter") && other.span.from === span.from;
  });
}

/** Each module once for each line that imports it. */
function modulesOf(imports: readonly SourceImport[]): SourceImport[] {
  const seen = new Set<string>();
  return imports.filter(({ module, at, isTypeOnly }) => {
    const key = `${at} ${module}`;
    return !isTypeOnly && !seen.has(key) && seen.add(key);
  });
}

function checkPackages(packages: readonly string[]): Finding[] {
  if (packages.length <= limits.packagesPerSource) return [];
  const message = `this file imports ${packages.length} packages; at most ${limits.packagesPerSource} are taken`;
  return [findingOf("error", "imports", "too_many_packages", { from: 0, to: 0 }, message, "split the file")];
}
