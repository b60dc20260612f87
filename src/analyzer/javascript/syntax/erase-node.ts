import type { ArrowFunctionExpression, ClassDeclaration, ClassExpression, Identifier } from "@babel/types";
import { eraseMember } from "./erase-member.ts";
import type { Eraser } from "./eraser.ts";
import { type Holder, type Node, spanOf } from "./nodes.ts";
import { isTypeOnly } from "./type-only.ts";

/** Erases what of one node is type; whether nothing is left of it to look into. */
export function eraseNode(eraser: Eraser, node: Node, holder: Holder | null): boolean {
  if (isTypeOnly(node, holder)) {
    eraseWhole(eraser, node, holder);
    return true;
  }
  switch (node.type) {
    case "Identifier":
      if (node.optional === true) eraseMarkAfterName(eraser, node, "?");
      break;
    case "VariableDeclarator":
      if (node.definite === true && node.id.type === "Identifier") eraseMarkAfterName(eraser, node.id, "!");
      break;
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      eraseFromKeyword(eraser, node, spanOf(node.expression).to, holder);
      break;
    case "TSNonNullExpression":
      eraser.blank(spanOf(node).to - 1, spanOf(node).to);
      break;
    case "ArrowFunctionExpression":
      eraseAroundArrow(eraser, node);
      break;
    case "ClassDeclaration":
    case "ClassExpression":
      eraseClassHead(eraser, node);
      break;
    case "ClassProperty":
    case "ClassMethod":
    case "ClassPrivateProperty":
    case "ClassPrivateMethod":
      eraseMember(eraser, node);
      break;
  }
  return false;
}

function eraseWhole(eraser: Eraser, node: Node, holder: Holder | null): void {
  const { from, to } = spanOf(node);
  eraser.blank(from, to);
  const isInList = node.type === "ExportSpecifier" || node.type === "ImportSpecifier" || node.type === "Identifier";
  if (isInList) eraseComma(eraser, to);
  // What stands on the lines around a statement or a member must not run together.
  else if (holder?.key === "body") eraser.mark(from, ";");
}

function eraseComma(eraser: Eraser, after: number): void {
  const at = eraser.skipForward(after);
  if (eraser.code[at] === ",") eraser.blank(at, at + 1);
}

const nameInSource = /(?:[\p{ID_Continue}$\u200c\u200d]|\\u(?:\{[0-9a-fA-F]+\}|[0-9a-fA-F]{4}))+/uy;

function eraseMarkAfterName(eraser: Eraser, name: Identifier, mark: string): void {
  nameInSource.lastIndex = spanOf(name).from;
  const isName = nameInSource.test(eraser.code);
  const at = eraser.skipForward(isName ? nameInSource.lastIndex : spanOf(name).from);
  if (eraser.code[at] === mark) eraser.blank(at, at + 1);
}

/** From `as` or `satisfies` on; before it only `)` may close the value. */
function eraseFromKeyword(eraser: Eraser, node: Node, from: number, holder: Holder | null): void {
  let at = eraser.skipForward(from);
  while (eraser.code[at] === ")") at = eraser.skipForward(at + 1);
  eraser.blank(at, spanOf(node).to);
  if (endsStatement(node, holder)) eraser.mark(at, ";");
}

/** Whether a line end after the node is what ends its statement: without the type, the next line could carry on. */
function endsStatement(node: Node, holder: Holder | null): boolean {
  const { to } = spanOf(node);
  for (let place = holder; place !== null && spanOf(place.parent).to === to; place = place.outer) {
    const { type } = place.parent;
    if (type === "VariableDeclaration") return place.outer?.parent.type.startsWith("For") !== true;
    if (type.endsWith("Statement") || type === "ClassProperty" || type === "ClassPrivateProperty") return true;
  }
  return false;
}

/** No line may end between `async`, the parameters and `=>`: the parentheses move to where the types were. */
function eraseAroundArrow(eraser: Eraser, arrow: ArrowFunctionExpression): void {
  const { typeParameters, returnType } = arrow;
  if (typeParameters != null) {
    const { from, to } = spanOf(typeParameters);
    const open = eraser.skipForward(to);
    if (eraser.code.slice(from, open).includes("\n") && eraser.code[open] === "(") {
      eraser.blank(open, open + 1);
      eraser.mark(from, "(");
    }
  }
  if (returnType != null) {
    const { from, to } = spanOf(returnType);
    const close = eraser.skipBackward(from) - 1;
    if (eraser.code.slice(close, to).includes("\n") && eraser.code[close] === ")") {
      eraser.blank(close, close + 1);
      eraser.mark(to - 1, ")");
    }
  }
}

function eraseClassHead(eraser: Eraser, node: ClassDeclaration | ClassExpression): void {
  const { from } = spanOf(node);
  if (node.type === "ClassDeclaration" && node.abstract === true) eraser.blank(from, from + "abstract".length);
  const first = node.implements?.[0];
  if (first === undefined) return;
  const last = node.implements?.at(-1) ?? first;
  eraser.blank(eraser.skipBackward(spanOf(first).from) - "implements".length, spanOf(last).to);
}
