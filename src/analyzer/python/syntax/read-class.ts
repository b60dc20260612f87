import type { SyntaxNode } from "@lezer/common";
import type { PythonClass } from "./python-module.ts";
import { readArguments, readExpression } from "./read-expression.ts";
import { readDecorator, readDocstringOf, readTypeDef } from "./read-function.ts";
import { childrenOf, endOf, textOf } from "./tree-nodes.ts";

/** A class: its bases and what its body assigns. */
export function readClass(code: string, node: SyntaxNode, decorators: readonly SyntaxNode[]): PythonClass {
  const children = childrenOf(node);
  const name = children.find((child) => child.name === "VariableName");
  const bases = children.find((child) => child.name === "ArgList");
  const body = children.find((child) => child.name === "Body");
  const read = bases === undefined ? { args: [], keywords: [] } : readArguments(code, bases);
  return {
    name: name === undefined ? "" : textOf(code, name),
    bases: read.args,
    keywords: read.keywords,
    decorators: decorators.map((decorator) => readDecorator(code, decorator)),
    docstring: body === undefined ? null : readDocstringOf(code, body),
    fields: body === undefined ? [] : readFields(code, childrenOf(body)),
    span: { from: decorators[0]?.from ?? node.from, to: endOf(code, node) },
  };
}

function readFields(code: string, statements: readonly SyntaxNode[]): PythonClass["fields"] {
  return statements.flatMap((statement) => {
    if (statement.name === "StatementGroup") return readFields(code, childrenOf(statement));
    if (statement.name !== "AssignStatement") return [];
    const children = childrenOf(statement);
    const [name] = children;
    const type = children.find((child) => child.name === "TypeDef");
    const equals = children.findIndex((child) => child.name === "AssignOp");
    const value = equals < 0 ? undefined : children.at(-1);
    // `a = b = 1` and `a, b = 1, 2` name no field.
    const isOne = children.length === 1 + (type === undefined ? 0 : 1) + (equals < 0 ? 0 : 2);
    if (name?.name !== "VariableName" || !isOne) return [];
    return [
      {
        name: textOf(code, name),
        annotation: type === undefined ? null : readTypeDef(code, type),
        default: value === undefined ? null : readExpression(code, value),
        span: { from: statement.from, to: statement.to },
      },
    ];
  });
}
