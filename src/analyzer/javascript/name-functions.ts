import { functionName } from "../../contract/function/name.ts";
import { functionLimits } from "../../contract/limits/function-limits.ts";
import { fieldName } from "../../contract/template/field.ts";
import { quote } from "../../domain/template/value/show-value.ts";
import type { Finding } from "../finding.ts";
import { snakeName } from "../snake-name.ts";
import type { ExportedFunction } from "./exports/find-exports.ts";

/** A function with the name that it is published under. */
export interface NamedFunction {
  id: string;
  fn: ExportedFunction;
}

/**
 * Names the functions that a module exports; one that is exported twice is published once. That there is none needs no
 * word where another reason is told already (`isTold`).
 */
export function nameFunctions(
  functions: readonly ExportedFunction[],
  isTold: boolean,
): { named: NamedFunction[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const named: NamedFunction[] = [];
  for (const fn of functions) {
    const id = `javascript.${snakeName(fn.name)}`;
    const same = named.find((one) => one.id === id);
    if (same?.fn.node === fn.node) {
      // By its own name it can be told from others of the file.
      if (same.fn.entry === "default") same.fn = fn;
    } else if (same !== undefined) findings.push(duplicate(fn, same));
    else if (!functionName.safeParse(id).success || !fieldName.safeParse(fn.entry).success) findings.push(badName(fn));
    else named.push({ id, fn });
  }
  if (named.length === 0 && findings.length === 0 && !isTold) findings.push(noFunction);
  const tooMany = named[functionLimits.functionsPerSource];
  if (tooMany !== undefined) findings.push(tooManyFunctions(tooMany.fn, named.length));
  return { named, findings };
}

const noFunction: Finding = {
  stage: "signature",
  severity: "error",
  code: "no_function",
  message: "the source exports no function, so there is nothing to publish",
  suggestion: "write `export function name({ text }) { … }`: every exported function is published under its name",
  span: { from: 0, to: 0 },
  path: "",
};

function badName(fn: ExportedFunction): Finding {
  const plain = fn.name.normalize("NFKD").replaceAll(/[^A-Za-z0-9_]/g, "");
  const folded = snakeName(plain).replaceAll(/_+/g, "_").replaceAll(/^_|_$/g, "").slice(0, 64);
  const isLegal = functionName.safeParse(`javascript.${folded}`).success && /^[a-z]/.test(folded);
  const message = `${quote(fn.entry === "default" ? fn.name : fn.entry)} cannot name a function: a name is made of a-z and 0-9, with single _ between them`;
  return finding(fn, "illegal_name", message, isLegal ? `write ${folded}` : "write a name like count_words");
}

function duplicate(fn: ExportedFunction, { id, fn: first }: NamedFunction): Finding {
  const message = `${first.name} and ${fn.name} would both be published as ${id}`;
  return finding(fn, "duplicate_id", message, "rename one of them");
}

function tooManyFunctions(fn: ExportedFunction, count: number): Finding {
  const message = `a source publishes at most ${functionLimits.functionsPerSource} functions, and this exports ${count}`;
  return finding(fn, "too_many_functions", message, "put some into another file");
}

function finding(fn: ExportedFunction, code: string, message: string, suggestion: string): Finding {
  const path = `/functions/${fn.name}`;
  return { stage: "signature", severity: "error", code, message, suggestion, span: fn.nameSpan, path };
}
