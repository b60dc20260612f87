import type { Expression } from "../syntax/expression.ts";
import type { PythonModule } from "../syntax/python-module.ts";
import { outsidePath } from "./find-meaning.ts";

/** A number as Python would have it; NaN where a number is meant that JSON has not, like inf or 2j. */
export interface PythonNumber {
  value: number;
  isFloat: boolean;
}

/** The value of a number, a well-known constant, or arithmetic of these; null for anything else. */
export function evaluateNumber(module: PythonModule, expression: Expression): PythonNumber | null {
  switch (expression.type) {
    case "number":
      return { value: expression.value ?? Number.NaN, isFloat: !expression.isInteger };
    case "name":
    case "attribute":
      return constantAt(outsidePath(module, expression));
    case "unary":
      return signed(expression.operator, evaluateNumber(module, expression.operand));
    case "binary":
      return calculate(
        expression.operator,
        evaluateNumber(module, expression.left),
        evaluateNumber(module, expression.right),
      );
    default:
      return null;
  }
}

const constants: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  tau: 2 * Math.PI,
  inf: Number.NaN,
  nan: Number.NaN,
  infty: Number.NaN,
  Inf: Number.NaN,
  NaN: Number.NaN,
};

function constantAt(path: string | null): PythonNumber | null {
  const [, name] = /^(?:math|numpy|cupy|torch|jax\.numpy)\.(\w+)$/.exec(path ?? "") ?? [];
  const value = name !== undefined && Object.hasOwn(constants, name) ? constants[name] : undefined;
  return value === undefined ? null : { value, isFloat: true };
}

function signed(operator: string, operand: PythonNumber | null): PythonNumber | null {
  if (operand === null || (operator !== "-" && operator !== "+")) return null;
  // JSON has no -0.
  return operator === "-" && operand.value !== 0 ? { ...operand, value: -operand.value } : operand;
}

function calculate(operator: string, left: PythonNumber | null, right: PythonNumber | null): PythonNumber | null {
  if (left === null || right === null) return null;
  const [a, b] = [left.value, right.value];
  const isFloat = left.isFloat || right.isFloat;
  switch (operator) {
    case "+":
      return { value: a + b, isFloat };
    case "-":
      return { value: a - b, isFloat };
    case "*":
      return { value: a * b, isFloat };
    case "/":
      return b === 0 ? null : { value: a / b, isFloat: true };
    case "//":
      return b === 0 ? null : { value: Math.floor(a / b), isFloat };
    case "**":
      return isFloat || b < 0 ? null : { value: a ** b, isFloat };
    default:
      return null;
  }
}
