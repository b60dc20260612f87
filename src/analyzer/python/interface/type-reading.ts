import type { Docstring } from "../../../contract/function/analysis.ts";
import type { Field } from "../../../contract/template/field.ts";
import type { Finding, Span } from "../../finding.ts";
import type { Expression } from "../syntax/expression.ts";
import type { PythonClass, PythonModule } from "../syntax/python-module.ts";

/** What a type is as a field; null is the type None, which only joins others. */
export type Derived = Field | null;

/** Where the reading of types is: what it reads in, for which side, and where to report. */
export interface TypeReading {
  readonly module: PythonModule;
  /** What a function takes has defaults and may be left out; what it gives is all there. */
  readonly side: "input" | "output";
  readonly findings: Finding[];
  /** Codes and places of `findings`. */
  readonly told: Set<string>;
  /** JSON Pointer of what the type is of. */
  readonly path: string;
  /** Where to report inside a string annotation, whose own offsets count from its quote; null elsewhere. */
  readonly place: Span | null;
  /** Classes and aliases that are being read, outermost first. */
  readonly within: readonly string[];
  /** Items and properties around this type. */
  readonly depth: number;
  /** Types around this one, whatever they are. */
  readonly level: number;
  /** Shared by all types of one function: a few classes that name each other can stand for millions of fields. */
  readonly budget: { left: number; isSpent: boolean };
  /** Reads a type inside this one; here, because types contain types whatever file reads them. */
  readonly derive: (reading: TypeReading, expression: Expression) => Derived;
  readonly classDocs: Map<PythonClass, Docstring>;
}

/** What one function's interface may be made of: types, and texts by the hundred characters. */
export const typeBudget = 20_000;

/** Takes the cost of a text that becomes part of the interface off its budget. */
export function spendOnText(reading: TypeReading, characters: number): void {
  reading.budget.left -= characters / 100;
}

/** The field of which nothing is known. */
export const anything: Field = { type: "any" };

/** Reports a type that is not understood as it is written, and lets every value in instead. */
export function warnOf(
  reading: TypeReading,
  at: Span,
  code: string,
  message: string,
  suggestion: string | null = null,
): void {
  const { from, to } = reading.place ?? at;
  const { path, findings, told } = reading;
  // One alias may be read for many parameters.
  const key = `${code} ${from} ${to}`;
  if (told.has(key)) return;
  told.add(key);
  findings.push({ stage: "types", severity: "warning", code, message, suggestion, span: { from, to }, path });
}

/** A type as it is written, cut where it is long. */
export function textOf(reading: TypeReading, expression: Expression): string {
  const { from, to } = reading.place ?? expression;
  const text = reading.module.code.slice(from, Math.min(to, from + longestText + 1)).replaceAll(/\s+/g, " ");
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

const longestText = 80;
