import type { TSType } from "@babel/types";
import type { Field } from "../../../contract/template/field.ts";
import type { Finding, Span } from "../../finding.ts";
import type { Jsdoc } from "../docs/read-jsdoc.ts";
import { spanOf } from "../syntax/nodes.ts";
import type { ModuleTypes } from "./module-types.ts";

/** A type as the source has it. */
export type Type =
  /** Written, with what the names of type parameters stand for there. */
  | { kind: "written"; node: TSType; names: ReadonlyMap<string, Type> }
  /** An object that JSDoc tells property by property. */
  | { kind: "members"; members: readonly Member[]; span: Span }
  /** Known as it is: the names that only JSDoc has. */
  | { kind: "field"; field: Field; span: Span }
  /** Not said. */
  | { kind: "untyped"; span: Span };

/** One property of an object type. */
export interface Member {
  name: string;
  type: Type;
  isOptional: boolean;
  isNullable: boolean;
  /** What its comment says. */
  docs: Jsdoc | null;
  /** Words from elsewhere; the comment's go before them. */
  text: string | null;
  /** A default that only JSDoc tells, `[name=80]`. */
  defaultText: string | null;
  span: Span;
}

/** The properties of an object type. */
export interface Properties {
  members: readonly Member[];
  /** Whether it has others too. */
  isOpen: boolean;
}

/** What a type is as a field. `field` is null for types that are only null or undefined, which only join others. */
export interface Derived {
  field: Field | null;
  isNullable: boolean;
  /** Whether undefined is one of its values. */
  isOptional: boolean;
}

/** Where the reading of types is: what it reads in, and where to report. */
export interface TypeReading {
  readonly code: string;
  readonly types: ModuleTypes;
  /** Inputs may be left out and have defaults; outputs are all there. */
  readonly side: "input" | "output";
  readonly findings: Finding[];
  /** JSON Pointer of what the type is of. */
  readonly path: string;
  /** Types that are being read, outermost first. */
  readonly within: readonly string[];
  /** Items and properties around this type. */
  readonly depth: number;
  /** Shared by all types of one function: a few types that name each other can stand for millions of fields. */
  readonly budget: { left: number };
  /** Reads a type inside this one; here, because types contain types whatever file reads them. */
  readonly derive: (reading: TypeReading, type: Type) => Derived;
  /** The properties of an object type; null when it is none. Here for the same reason. */
  readonly properties: (reading: TypeReading, type: Type) => Properties | null;
}

/** Types that one function's interface may be made of. */
export const typeBudget = 20_000;

/** Long texts count as well: one description may stand in thousands of places. */
export function spendOnText({ budget }: TypeReading, characters: number): void {
  budget.left -= Math.floor(characters / 100);
}

/** The field of which nothing is known. */
export const anything: Field = { type: "any" };

/** A type that is one field, always there. */
export function just(field: Field): Derived {
  return { field, isNullable: false, isOptional: false };
}

/** A type as written, outside of any generic one. */
export function written(node: TSType, names: ReadonlyMap<string, Type> = new Map()): Type {
  return { kind: "written", node, names };
}

/** Where a type stands. */
export function placeOf(type: Type): Span {
  return type.kind === "written" ? spanOf(type.node) : type.span;
}

/** Reports something that lets every value in. */
export function warnOf(
  reading: TypeReading,
  span: Span,
  code: string,
  message: string,
  suggestion: string | null,
): void {
  report(reading, { severity: "warning", code, message, suggestion, span });
}

/** Reports a type that no value in JSON has. */
export function refuseOf(
  reading: TypeReading,
  span: Span,
  code: string,
  message: string,
  suggestion: string | null,
): void {
  report(reading, { severity: "error", code, message, suggestion, span });
}

function report(reading: TypeReading, finding: Omit<Finding, "stage" | "path">): void {
  const { findings, path } = reading;
  const { code, span } = finding;
  const isTold = findings.some((one) => one.code === code && one.span.from === span.from && one.span.to === span.to);
  if (!isTold) findings.push({ stage: "types", path, ...finding });
}

/** A type as it is written, cut where it is long. */
export function typeText(code: string, type: Type): string {
  const { from, to } = placeOf(type);
  const text = code.slice(from, Math.min(to, from + longestText + 1)).replaceAll(/\s+/g, " ");
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

const longestText = 80;
