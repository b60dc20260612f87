import type { Expression } from "@babel/types";
import { didYouMean } from "../../../domain/did-you-mean.ts";
import { quote } from "../../../domain/template/value/show-value.ts";
import type { Finding, Span } from "../../finding.ts";
import { type Literal, readLiteral } from "../interface/read-literal.ts";
import { spanOf } from "../syntax/nodes.ts";

/** What `export const schema` says of one function. */
export interface FunctionSchema {
  inputs: Literal | null;
  outputs: Literal | null;
}

/** The schemas of a module's functions, by what they are exported as. */
export interface ModuleSchemas {
  byEntry: ReadonlyMap<string, FunctionSchema>;
  findings: Finding[];
}

const keys = ["inputs", "outputs"];

/** Reads `export const schema = { inputs, outputs }`, or `{ f: { inputs, outputs } }` where there are several functions. */
export function readSchemas(schema: Expression | null, entries: readonly string[]): ModuleSchemas {
  if (schema === null) return { byEntry: new Map(), findings: [] };
  const literal = readLiteral(schema);
  if (literal === undefined || literal.node.type !== "ObjectExpression") {
    const message = "the schema is not written out, and nothing is executed to know it";
    return refused(invalid(spanOf(schema), message, "write it as one object of literals"));
  }
  const [only, ...others] = entries;
  if (keys.some((key) => literal.entries.has(key))) {
    if (only !== undefined && others.length === 0) return ofParts([[only, literal]], []);
    const message = "the schema does not say which of the functions it is for";
    const all = entries.map((entry) => `${entry}: { inputs, outputs }`).join(", ");
    return refused(invalid(spanOf(literal.node), message, entries.length === 0 ? null : `write { ${all} }`));
  }
  const parts: [string, Literal][] = [];
  const findings: Finding[] = [];
  for (const [name, { key, literal: part }] of literal.entries) {
    if (entries.includes(name)) parts.push([name, part]);
    else findings.push(unknownKey(spanOf(key), name, entries, "no function is exported as"));
  }
  return ofParts(parts, findings);
}

function ofParts(parts: readonly [string, Literal][], findings: Finding[]): ModuleSchemas {
  const byEntry = new Map<string, FunctionSchema>();
  for (const [name, part] of parts) {
    for (const [word, { key }] of part.entries) {
      if (!keys.includes(word)) findings.push(unknownKey(spanOf(key), word, keys, "a schema has no key"));
    }
    byEntry.set(name, {
      inputs: part.entries.get("inputs")?.literal ?? null,
      outputs: part.entries.get("outputs")?.literal ?? null,
    });
  }
  return { byEntry, findings };
}

function refused(finding: Finding): ModuleSchemas {
  return { byEntry: new Map(), findings: [finding] };
}

function invalid(span: Span, message: string, suggestion: string | null): Finding {
  return { stage: "types", severity: "error", code: "schema_invalid", message, suggestion, span, path: "" };
}

function unknownKey(span: Span, name: string, known: readonly string[], what: string): Finding {
  const meant = didYouMean(name, known);
  const suggestion = meant === null ? `known are ${known.join(", ")}` : `did you mean ${meant}?`;
  return invalid(span, `${what} ${quote(name)}`, suggestion);
}
