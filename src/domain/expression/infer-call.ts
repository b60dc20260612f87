import { didYouMean } from "../did-you-mean.ts";
import { callableNames, knownFunctions } from "./functions.ts";
import type { ExpressionIssue } from "./infer-type.ts";
import { operators, symbolOf } from "./operators.ts";
import type { SyntaxNode } from "./syntax-node.ts";
import { anyType, arrayType, eitherType, isNumeric, showType, type ValueType } from "./value-type.ts";

type Call = Extract<SyntaxNode, { kind: "call" }>;
type Tell = (issue: ExpressionIssue) => void;

/** The type that an operator or a function gives for values of these types, and what surely does not work. */
export function checkCall(
  call: Call,
  written: readonly SyntaxNode[],
  types: readonly ValueType[],
  tell: Tell,
): ValueType {
  const fail = (
    message: string,
    severity: ExpressionIssue["severity"] = "error",
    suggestion: string | null = null,
  ): void => tell({ kind: "type", severity, message, suggestion, at: call.at });
  const [left = anyType, right = anyType] = types;
  if (operators.has(call.name)) return checkOperator(symbolOf(call.name), left, right, written, fail);
  if (call.name === "!_") {
    if (!may(left, "boolean")) fail(`! wants what is true or false, not ${showType(left)}`);
    return { type: "boolean" };
  }
  if (call.name === "-_") {
    if (!may(left, "integer", "float")) fail(`- wants a number, not ${showType(left)}`);
    return isNumeric(left) ? numberOf(left, left) : anyType;
  }
  return checkFunction(call, types, tell);
}

type Fail = (message: string, severity?: ExpressionIssue["severity"], suggestion?: string | null) => void;

function checkOperator(
  symbol: string,
  left: ValueType,
  right: ValueType,
  written: readonly SyntaxNode[],
  fail: Fail,
): ValueType {
  switch (symbol) {
    case "==":
    case "!=":
      if (areApart(left, right)) fail(`${showType(left)} is never equal to ${showType(right)}`, "warning");
      return { type: "boolean" };
    case "<":
    case "<=":
    case ">":
    case ">=":
      if (!isOrdered(left) || !isOrdered(right) || areApart(left, right))
        fail(`${symbol} cannot compare ${showType(left)} with ${showType(right)}`);
      return { type: "boolean" };
    case "in":
      if (!may(right, "array", "object")) fail(`in looks into an array or an object, not into ${showType(right)}`);
      else if (right.type === "array" && areApart(left, right.items ?? anyType))
        fail(`${showType(left)} is never in ${showType(right)}`, "warning");
      return { type: "boolean" };
    case "+":
      return checkSum(left, right, fail);
    default:
      return checkArithmetic(symbol, left, right, written, fail);
  }
}

function checkSum(left: ValueType, right: ValueType, fail: Fail): ValueType {
  if (left.type === "any" || right.type === "any") return sumWithAny(left, right);
  if (isNumeric(left) && isNumeric(right)) return numberOf(left, right);
  if (isText(left) && isText(right)) return { type: "string" };
  if (left.type === "array" && right.type === "array")
    return arrayType(eitherType(left.items ?? anyType, right.items ?? anyType));
  const hint = isText(left) || isText(right) ? "string(x) makes a text of a number" : null;
  fail(`+ wants two numbers, two strings or two arrays, not ${showType(left)} and ${showType(right)}`, "error", hint);
  return anyType;
}

/** A text joined with what is not known can only give a text; a number may become a float. */
function sumWithAny(left: ValueType, right: ValueType): ValueType {
  const known = left.type === "any" ? right : left;
  if (isText(known)) return { type: "string" };
  if (known.type === "float") return { type: "float" };
  return known.type === "array" ? arrayType(anyType) : anyType;
}

function checkArithmetic(
  symbol: string,
  left: ValueType,
  right: ValueType,
  written: readonly SyntaxNode[],
  fail: Fail,
): ValueType {
  if (!may(left, "integer", "float") || !may(right, "integer", "float")) {
    fail(`${symbol} wants two numbers, not ${showType(left)} and ${showType(right)}`);
    return anyType;
  }
  if (symbol === "%") {
    if (isSurelyFloat(written[0]) || isSurelyFloat(written[1])) fail("% wants two integers, not a float");
    return { type: "integer" };
  }
  if (symbol === "/" && mayLoseRest(left, right, written)) {
    const message = "a float that is whole, like 2.0, arrives as the integer 2, and integers are divided without rest";
    fail(message, "warning", "write double(x) / y");
  }
  return left.type === "any" || right.type === "any" ? sumWithAny(left, right) : numberOf(left, right);
}

/** Whether a division gives a float for some values and an integer for others, by what JSON makes of floats. */
function mayLoseRest(left: ValueType, right: ValueType, written: readonly SyntaxNode[]): boolean {
  const isDivided = (left.type === "float" && isNumeric(right)) || (right.type === "float" && isNumeric(left));
  return isDivided && !written.some((node) => isSurelyFloat(node));
}

/** Written as a float, or made one: never an integer, whatever arrives. */
function isSurelyFloat(node: SyntaxNode | undefined): boolean {
  if (node?.kind === "constant") return typeof node.value === "number";
  return node?.kind === "call" && node.name === "double";
}

function checkFunction(call: Call, types: readonly ValueType[], tell: Tell): ValueType {
  const { name, target, at } = call;
  const known = knownFunctions.get(name);
  if (known === undefined) {
    const meant = didYouMean(name, callableNames);
    tell({
      kind: "unknown_function",
      severity: "error",
      message: `there is no function ${name}()`,
      suggestion: meant === null ? null : `did you mean ${meant}?`,
      at,
    });
    return anyType;
  }
  if (types.length !== known.takes || !(target === null ? known.isFunction : known.isMethod)) {
    tell({
      kind: "unknown_function",
      severity: "error",
      message: `${name}() is called in another way`,
      suggestion: `write ${known.usage}`,
      at,
    });
    return anyType;
  }
  const [result, ...takes] = signatures[name] ?? [anyType];
  const wrong = types.find((type) => takes.length > 0 && !takes.some((taken) => may(type, taken)));
  if (wrong !== undefined) {
    const message = `${name}() wants ${takes.filter((taken) => taken !== "file").join(" or ")}, not ${showType(wrong)}`;
    tell({ kind: "type", severity: "error", message, suggestion: null, at });
  }
  return name === "dyn" ? anyType : result;
}

type Name = ValueType["type"];

/** What functions give, and what each of their values may be. */
const signatures: Readonly<Record<string, [ValueType, ...Name[]]>> = {
  size: [{ type: "integer" }, "string", "array", "object", "file"],
  int: [{ type: "integer" }, "integer", "float", "string"],
  double: [{ type: "float" }, "integer", "float", "string"],
  string: [{ type: "string" }, "string", "integer", "float", "boolean", "file"],
  bool: [{ type: "boolean" }, "boolean", "string"],
  contains: [{ type: "boolean" }, "string", "file"],
  startsWith: [{ type: "boolean" }, "string", "file"],
  endsWith: [{ type: "boolean" }, "string", "file"],
  matches: [{ type: "boolean" }, "string", "file"],
};

/** Whether a value of a type may be of one of these. */
function may(type: ValueType, ...wanted: Name[]): boolean {
  return type.type === "any" || wanted.includes(type.type);
}

function isOrdered(type: ValueType): boolean {
  return may(type, "integer", "float", "string", "boolean", "file");
}

/** A file's value is a text: its digest. */
function isText(type: ValueType): boolean {
  return type.type === "string" || type.type === "file";
}

/** Whether no value of one type is a value of the other. */
function areApart(one: ValueType, other: ValueType): boolean {
  // Whether a value may be null is said less often than it is so: comparing with null is never told.
  if ([one, other].some(({ type }) => type === "any" || type === "null")) return false;
  return !(one.type === other.type || (isNumeric(one) && isNumeric(other)) || (isText(one) && isText(other)));
}

function numberOf(left: ValueType, right: ValueType): ValueType {
  return { type: left.type === "integer" && right.type === "integer" ? "integer" : "float" };
}
