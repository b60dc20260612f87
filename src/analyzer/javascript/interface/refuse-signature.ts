import type { Node } from "@babel/types";
import type { Span } from "../../finding.ts";
import type { ExportedFunction } from "../exports/find-exports.ts";
import { spanOf } from "../syntax/nodes.ts";
import type { TypeReading } from "../types/type-reading.ts";
import { rewriteHint } from "./rewrite-hint.ts";

/** Refuses a function for the way in which it is called. */
export function refuseSignature(
  { findings, path }: TypeReading,
  span: Span,
  code: string,
  message: string,
  suggestion: string,
): void {
  findings.push({ stage: "signature", severity: "error", code, message, suggestion, span, path });
}

/** Refuses parameters that are not one object, and shows how it would be written. */
export function refusePositional(
  reading: TypeReading,
  fn: ExportedFunction,
  nodes: readonly Node[],
  isTyped: boolean,
): void {
  const span = { from: spanOf(nodes[0] ?? fn.node).from, to: spanOf(nodes.at(-1) ?? fn.node).to };
  const what = nodes.length === 1 ? "a value" : `${nodes.length} values`;
  const message = `${fn.name} takes ${what} by position: inputs come by name, in one object`;
  const hint = rewriteHint(reading.code, fn.name, nodes, isTyped);
  refuseSignature(reading, span, "positional_parameters", message, hint);
}
