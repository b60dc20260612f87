import type { Docstring } from "../../../contract/function/analysis.ts";
import { didYouMean } from "../../../domain/did-you-mean.ts";
import { quote } from "../../../domain/template/value/show-value.ts";
import type { Finding } from "../../finding.ts";
import type { PythonFunction } from "../syntax/python-module.ts";

/** Warns of arguments that the docstring describes and the function does not have. */
export function checkDocs(findings: Finding[], path: string, fn: PythonFunction, docs: Docstring): void {
  const names = fn.parameters.map(({ name }) => name);
  // What **kwargs takes is told nowhere else.
  if (fn.parameters.some(({ kind }) => kind === "var_keyword")) return;
  const known = new Set(["self", "slice_by_slice", "dtype_conversion", ...names]);
  for (const name of Object.keys(docs.args)) {
    if (known.has(name)) continue;
    const meant = didYouMean(name, names);
    findings.push({
      stage: "docs",
      severity: "warning",
      code: "unknown_argument",
      message: `the docstring of ${fn.name} describes ${quote(name)}, which is no parameter of it`,
      suggestion: meant === null ? "remove it from the docstring, or add the parameter" : `did you mean ${meant}?`,
      span: fn.nameSpan,
      path,
    });
  }
}
