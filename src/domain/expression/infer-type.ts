import type { Field } from "../../contract/template/field.ts";
import { didYouMean } from "../did-you-mean.ts";
import { checkCall } from "./infer-call.ts";
import { whatThereIs, writtenPath } from "./missing-key.ts";
import type { Expression } from "./parse-expression.ts";
import { pathOf, type SyntaxNode } from "./syntax-node.ts";
import {
  anyType,
  arrayType,
  eitherType,
  fieldOf,
  objectType,
  propertyOf,
  showType,
  type ValueType,
} from "./value-type.ts";

/** Types by root: `workflow`, `steps`, `run`, and what maps around name. An object without `properties` is one of which nothing is known. */
export type TypeScope = Readonly<Record<string, Field>>;

/** What is wrong with an expression that can be read. `at`: an offset in its text. */
export interface ExpressionIssue {
  kind: "unknown_root" | "unknown_function" | "no_such_field" | "type";
  /** An error cannot work, whatever the values are; a warning can, and is hardly meant. */
  severity: "error" | "warning";
  message: string;
  suggestion: string | null;
  at: number;
}

/** What is known of an expression's value. */
export interface InferredType {
  type: Field;
  issues: ExpressionIssue[];
}

/** Infers the type of an expression's value, and tells what surely does not work. What is not known is any, and any fits all. */
export function inferType(expression: Expression, types: TypeScope): InferredType {
  const issues: ExpressionIssue[] = [];
  // A part that is looked at twice, as in `has(a.b.c)`, is told once.
  const told = new Set<string>();
  const tell = (issue: ExpressionIssue): void => {
    const key = `${issue.at} ${issue.message}`;
    if (!told.has(key)) issues.push(issue);
    told.add(key);
  };
  const type = infer(expression.syntax, { types, variables: new Map(), guarded: guardedPaths(expression), tell });
  return { type: fieldOf(type), issues: issues.sort((a, b) => a.at - b.at) };
}

/** What a part is inferred in. */
export interface TypeSurroundings {
  types: TypeScope;
  variables: ReadonlyMap<string, ValueType>;
  /** Where references stand that are asked for with has(). */
  guarded: ReadonlySet<number>;
  tell(issue: ExpressionIssue): void;
}

function guardedPaths({ references }: Expression): Set<number> {
  return new Set(references.filter(({ guarded }) => guarded).map(({ at }) => at));
}

function infer(node: SyntaxNode, around: TypeSurroundings): ValueType {
  switch (node.kind) {
    case "constant":
      return typeOfConstant(node.value);
    case "name":
      return inferName(node, around);
    case "select":
      return inferSelect(node, around);
    case "has":
      inferAsked(node, around);
      return { type: "boolean" };
    case "index":
      return inferIndex(node, around);
    case "call": {
      const written = node.target === null ? node.args : [node.target, ...node.args];
      return checkCall(
        node,
        written,
        written.map((arg) => infer(arg, around)),
        around.tell,
      );
    }
    case "and":
    case "or":
      for (const side of [node.left, node.right]) wantBoolean(side, node.kind === "and" ? "&&" : "||", around);
      return { type: "boolean" };
    case "choice":
      wantBoolean(node.condition, "? :", around);
      return eitherType(infer(node.yes, around), infer(node.no, around));
    case "list": {
      const items = node.items.map((item) => infer(item, around));
      return arrayType(items.length === 0 ? anyType : items.reduce(eitherType));
    }
    case "map":
      return inferMap(node, around);
    case "loop":
      return inferLoop(node, around);
  }
}

type Kind<Name extends SyntaxNode["kind"]> = Extract<SyntaxNode, { kind: Name }>;

function typeOfConstant(value: Kind<"constant">["value"]): ValueType {
  if (value === null) return { type: "null" };
  if (typeof value === "bigint") return { type: "integer" };
  if (typeof value === "number") return { type: "float" };
  return { type: typeof value === "string" ? "string" : "boolean" };
}

function inferName({ name, isAbsolute, at }: Kind<"name">, { types, variables, tell }: TypeSurroundings): ValueType {
  const type = (isAbsolute ? undefined : variables.get(name)) ?? (Object.hasOwn(types, name) ? types[name] : undefined);
  if (type !== undefined) return type;
  const known = [...Object.keys(types), ...variables.keys()];
  const meant = didYouMean(name, known);
  const message = `there is no ${name} here; there is ${known.join(", ")}`;
  tell({
    kind: "unknown_root",
    severity: "error",
    message,
    suggestion: meant === null ? null : `did you mean ${meant}?`,
    at,
  });
  return anyType;
}

function inferSelect(node: Kind<"select">, around: TypeSurroundings): ValueType {
  return inferField(node.of, infer(node.of, around), node.key, node.at, around, isGuarded(node, around));
}

/** The last name of what has() asks for may be missing; what it is asked of is an object. */
function inferAsked(node: Kind<"has">, around: TypeSurroundings): void {
  inferField(node.of, infer(node.of, around), node.key, node.at, around, true);
}

function isGuarded(node: SyntaxNode, { guarded }: TypeSurroundings): boolean {
  const known = pathOf(node);
  return known !== null && guarded.has(known.root.at);
}

function inferField(
  of: SyntaxNode,
  type: ValueType,
  key: string,
  at: number,
  around: TypeSurroundings,
  mayMiss: boolean,
): ValueType {
  if (type.type === "any") return anyType;
  if (type.type !== "object") {
    const message = `${writtenPath(of)} is ${showType(type)}, which has no ${key}`;
    around.tell({ kind: "no_such_field", severity: "error", message, suggestion: null, at });
    return anyType;
  }
  const field = propertyOf(type, key);
  if (field !== undefined) return field;
  if (mayMiss) return anyType;
  const names = Object.keys(type.properties ?? {});
  const meant = didYouMean(key, names);
  const known =
    names.length === 0
      ? "; it has nothing"
      : meant === null
        ? whatThereIs(key, names)
        : `; it has ${names.slice(0, 8).join(", ")}`;
  const message = `${writtenPath(of)} has no ${key}${known}`;
  const suggestion = meant === null ? null : `did you mean ${meant}?`;
  around.tell({ kind: "no_such_field", severity: "error", message, suggestion, at });
  return anyType;
}

function inferIndex(node: Kind<"index">, around: TypeSurroundings): ValueType {
  const of = infer(node.of, around);
  const index = infer(node.index, around);
  if (of.type === "any") return anyType;
  if (of.type === "object") {
    if (node.index.kind === "constant" && typeof node.index.value === "string")
      return inferField(node.of, of, node.index.value, node.index.at, around, isGuarded(node, around));
    return anyType;
  }
  if (of.type !== "array") {
    typeError(around, `[…] looks into an array or an object, and ${writtenPath(node.of)} is ${showType(of)}`, node.at);
    return anyType;
  }
  if (index.type !== "any" && index.type !== "integer" && index.type !== "float")
    typeError(around, `an array's index is an integer, not ${showType(index)}`, node.index.at);
  return of.items ?? anyType;
}

function inferMap({ entries }: Kind<"map">, around: TypeSurroundings): ValueType {
  const properties: [string, ValueType][] = [];
  let isOpen = false;
  for (const [key, value] of entries) {
    const keyType = infer(key, around);
    const valueType = infer(value, around);
    if (key.kind === "constant" && typeof key.value === "string") properties.push([key.value, valueType]);
    else isOpen = true;
    if (keyType.type !== "any" && keyType.type !== "string" && keyType.type !== "file")
      around.tell({
        kind: "type",
        severity: "warning",
        message: `a key is ${showType(keyType)}; an object of JSON has strings only`,
        suggestion: null,
        at: key.at,
      });
  }
  return objectType(properties, isOpen);
}

function inferLoop(node: Kind<"loop">, around: TypeSurroundings): ValueType {
  const over = infer(node.over, around);
  if (over.type !== "any" && over.type !== "array" && over.type !== "object")
    typeError(around, `${node.loop}() walks an array or an object, not ${showType(over)}`, node.at);
  const item: ValueType =
    over.type === "array" ? (over.items ?? anyType) : over.type === "object" ? { type: "string" } : anyType;
  const inside = { ...around, variables: new Map(around.variables).set(node.variable, item) };
  if (node.only !== null) wantBoolean(node.only, `${node.loop}()`, inside);
  if (node.loop === "filter") return arrayType(item);
  if (node.loop !== "map") return { type: "boolean" };
  return arrayType(node.each === null ? item : infer(node.each, inside));
}

function wantBoolean(node: SyntaxNode, where: string, around: TypeSurroundings): void {
  const type = infer(node, around);
  if (type.type !== "any" && type.type !== "boolean")
    typeError(around, `${where} wants what is true or false, not ${showType(type)}`, node.at);
}

function typeError({ tell }: TypeSurroundings, message: string, at: number): void {
  tell({ kind: "type", severity: "error", message, suggestion: null, at });
}
