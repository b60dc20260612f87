import type { AssignmentPattern, Expression, Node, ObjectPattern, TSType } from "@babel/types";
import type { FunctionNode } from "../exports/function-node.ts";
import { keyOf } from "./read-literal.ts";

/** How a function takes its inputs. */
export type InputsParameter =
  | { kind: "none" }
  /** One object: taken apart (`names`), or as a whole. */
  | { kind: "object"; node: Node; names: ReadonlyMap<string, TakenName> | null; annotation: TSType | null }
  /** In any other way, which calls by name cannot serve. */
  | { kind: "positional"; nodes: Node[] };

/** A name that a pattern takes out of the inputs. */
export interface TakenName {
  default: Expression | null;
  node: Node;
}

/** Reads a function's parameters. */
export function readParameter(fn: FunctionNode): InputsParameter {
  const parameters = fn.params.filter((one) => one.type !== "Identifier" || one.name !== "this");
  const [only, ...others] = parameters;
  if (only === undefined) return { kind: "none" };
  const target = only.type === "AssignmentPattern" ? only.left : only;
  if (others.length > 0) return { kind: "positional", nodes: parameters };
  if (target.type === "Identifier") {
    return { kind: "object", node: target, names: null, annotation: annotationOf(target) };
  }
  if (target.type !== "ObjectPattern") return { kind: "positional", nodes: parameters };
  return { kind: "object", node: target, names: namesOf(target), annotation: annotationOf(target) };
}

/** The type that stands behind a parameter's name. */
export function annotationOf(node: Node): TSType | null {
  const target = node.type === "AssignmentPattern" ? node.left : node;
  if (!("typeAnnotation" in target)) return null;
  return target.typeAnnotation?.type === "TSTypeAnnotation" ? target.typeAnnotation.typeAnnotation : null;
}

function namesOf(pattern: ObjectPattern): Map<string, TakenName> {
  const names = new Map<string, TakenName>();
  for (const property of pattern.properties) {
    if (property.type !== "ObjectProperty") continue;
    const name = keyOf(property);
    if (name === null) continue;
    const { value } = property;
    names.set(name, { default: value.type === "AssignmentPattern" ? givenBy(value) : null, node: property });
  }
  return names;
}

/** `= undefined` is no default. */
function givenBy({ right }: AssignmentPattern): Expression | null {
  return right.type === "Identifier" && right.name === "undefined" ? null : right;
}
