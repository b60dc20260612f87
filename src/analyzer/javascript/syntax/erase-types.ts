import type { File } from "@babel/types";
import { type Result, refusal, success } from "../../../domain/result.ts";
import type { Finding } from "../../finding.ts";
import { eraseNode } from "./erase-node.ts";
import { Eraser } from "./eraser.ts";
import { findUnerasable } from "./find-unerasable.ts";
import { type Node, spanOf, walkNodes } from "./nodes.ts";
import { parseModule } from "./parse-module.ts";
import { isTypeOnly } from "./type-only.ts";

/** A module as JavaScript, and what it is made of: whoever takes the types away must not change the program. */
export interface ErasedModule {
  text: string;
  skeleton: Skeleton;
}

/** The kinds of all nodes that run, in order, with their offsets. */
interface Skeleton {
  kinds: string[];
  offsets: number[];
}

/** The module as JavaScript: types become spaces, so that every line and column stays what it was. */
export function eraseTypes(code: string, file: File): Result<ErasedModule, Finding[]> {
  const unerasable = findUnerasable(file);
  if (unerasable.length > 0) return refusal(unerasable);
  const eraser = new Eraser(code, file.comments ?? []);
  walkNodes(file.program, (node, holder) => !eraseNode(eraser, node, holder));
  return success({ text: eraser.text(), skeleton: skeletonOf(file) });
}

/**
 * Reads what is left and finds out whether it is the same program; where it is not, the author has to write it another way. Apart from the
 * erasing, so that the first tree is gone by then: two of a large source would not fit into a Worker.
 */
export function checkErased({ text, skeleton }: ErasedModule): Finding[] {
  const again = parseModule(text, "javascript");
  if (!again.ok) return again.failure.map((finding) => changed(finding.span.from));
  const at = firstDifference(skeleton, skeletonOf(again.value));
  return at === null ? [] : [changed(at)];
}

function changed(from: number): Finding {
  return {
    stage: "syntax",
    severity: "error",
    code: "not_erasable",
    message: "without its types this would be another program",
    suggestion: "put parentheses around the expression that has the type, or end the statement before it with ;",
    span: { from, to: from + 1 },
    path: "",
  };
}

function firstDifference(typed: Skeleton, plain: Skeleton): number | null {
  const at = typed.kinds.findIndex((kind, index) => plain.kinds[index] !== kind);
  if (at >= 0) return typed.offsets[at] ?? 0;
  return typed.kinds.length === plain.kinds.length ? null : (plain.offsets[typed.kinds.length] ?? 0);
}

function skeletonOf(file: File): Skeleton {
  const skeleton: Skeleton = { kinds: [], offsets: [] };
  walkNodes(file.program, (node, holder) => {
    if (isTypeOnly(node, holder)) return false;
    if (isTransparent(node)) return true;
    skeleton.kinds.push(kindOf(node));
    skeleton.offsets.push(spanOf(node).from);
    return true;
  });
  return skeleton;
}

function isTransparent(node: Node): boolean {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSInstantiationExpression":
    case "EmptyStatement":
      return true;
    default:
      return false;
  }
}

function kindOf(node: Node): string {
  if (node.type === "Identifier") return node.name;
  return node.type === "BinaryExpression" ? node.operator : node.type;
}
