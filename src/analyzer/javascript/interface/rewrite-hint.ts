import type { Node } from "@babel/types";
import { spanOf } from "../syntax/nodes.ts";
import { annotationOf } from "./read-parameter.ts";

/** How a function with positional parameters would be written with one object. */
export function rewriteHint(code: string, name: string, nodes: readonly Node[], isTyped: boolean): string {
  const parts = nodes.map((node, index) => {
    const target = node.type === "AssignmentPattern" ? node.left : node;
    const annotation = annotationOf(node);
    const text = annotation === null ? guessType(node) : code.slice(spanOf(annotation).from, spanOf(annotation).to);
    const isOptional = node.type === "AssignmentPattern" || ("optional" in node && node.optional === true);
    const value =
      node.type === "AssignmentPattern" ? ` = ${code.slice(spanOf(node.right).from, spanOf(node.right).to)}` : "";
    const word = target.type === "Identifier" ? target.name : `input_${index + 1}`;
    return { taken: `${word}${value}`, typed: `${word}${isOptional ? "?" : ""}: ${text}` };
  });
  const taken = `{ ${parts.map((part) => part.taken).join(", ")} }`;
  const types = isTyped ? `: { ${parts.map((part) => part.typed).join("; ")} }` : "";
  const hint = `write \`function ${name}(${taken}${types})\``.replaceAll(/\s+/g, " ");
  return hint.length > longestHint ? `write \`function ${name}({ … })\`, with one object of all inputs` : hint;
}

/** The type of a parameter that has a literal as its default. */
function guessType(node: Node): string {
  const given = node.type === "AssignmentPattern" ? node.right.type : "";
  const literal = ["StringLiteral", "NumericLiteral", "BooleanLiteral"].find((type) => type === given);
  return literal === "NumericLiteral" ? "number" : (literal?.replace("Literal", "").toLowerCase() ?? "unknown");
}

const longestHint = 300;
