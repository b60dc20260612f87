import type { SyntaxNode } from "@lezer/common";
import type { ParameterKind } from "../../../contract/function/signature.ts";
import type { Expression } from "./expression.ts";
import type { PythonFunction, PythonParameter } from "./python-module.ts";
import { readExpression, readExpressionList } from "./read-expression.ts";
import { readExpressionText } from "./read-expression-text.ts";
import { childrenOf, endOf, innerOf, textOf } from "./tree-nodes.ts";

/** A function's definition: its header, its docstring and what it returns. */
export function readFunction(code: string, node: SyntaxNode, decorators: readonly SyntaxNode[]): PythonFunction {
  const children = childrenOf(node);
  const name = children.find((child) => child.name === "VariableName");
  const parameters = children.find((child) => child.name === "ParamList");
  const returns = children.find((child) => child.name === "TypeDef");
  const body = children.find((child) => child.name === "Body");
  return {
    name: name === undefined ? "" : textOf(code, name),
    isAsync: children[0]?.name === "async",
    decorators: decorators.map((decorator) => readDecorator(code, decorator)),
    parameters: parameters === undefined ? [] : readParameters(code, parameters),
    returns: returns === undefined ? null : readTypeDef(code, returns),
    docstring: body === undefined ? null : readDocstringOf(code, body),
    returned: body === undefined ? [] : returnedBy(code, body),
    span: { from: decorators[0]?.from ?? node.from, to: endOf(code, node) },
    nameSpan: name === undefined ? { from: node.from, to: node.from } : { from: name.from, to: name.to },
  };
}

/** Any expression may decorate; the grammar knows dotted names that are called at most once, so the text is read by itself. */
export function readDecorator(code: string, node: SyntaxNode): Expression {
  const from = node.from + 1;
  const text = code.slice(from, node.to);
  return readExpressionText(text, from) ?? { from, to: from + text.trimEnd().length, type: "other", text: text.trim() };
}

/** The annotation of a `: type` or `-> type`. */
export function readTypeDef(code: string, node: SyntaxNode): Expression | null {
  const type = childrenOf(node).findLast((child) => child.name !== ":");
  return type === undefined ? null : readExpression(code, type);
}

/** The text that stands first in a body, as written between its quotes; null when there is none. */
export function readDocstringOf(code: string, body: SyntaxNode): string | null {
  const statement = childrenOf(body).find((child) => child.name !== ":");
  const first = statement?.name === "StatementGroup" ? statement.firstChild : (statement ?? null);
  const literal = first?.name === "ExpressionStatement" ? first.firstChild : null;
  if (literal === null || literal.nextSibling !== null) return null;
  const expression = readExpression(code, literal);
  return expression.type === "string" && !expression.isBytes ? expression.value : null;
}

function readParameters(code: string, list: SyntaxNode): PythonParameter[] {
  const found: PythonParameter[] = [];
  let kind: ParameterKind = "positional_or_keyword";
  for (const group of separated(code, list)) {
    if (group === "/") {
      for (const parameter of found) parameter.kind = "positional_only";
      continue;
    }
    const star = group[0]?.name === "*" || group[0]?.name === "**" ? group[0].name : null;
    const name = group.find((node) => node.name === "VariableName");
    if (star === "*") kind = "keyword_only";
    if (name === undefined) continue;
    const type = group.find((node) => node.name === "TypeDef");
    const equals = group.findIndex((node) => node.name === "AssignOp");
    const value = equals < 0 ? undefined : group[equals + 1];
    found.push({
      name: textOf(code, name),
      kind: star === "*" ? "var_positional" : star === "**" ? "var_keyword" : kind,
      annotation: type === undefined ? null : readTypeDef(code, type),
      default: value === undefined ? null : readExpression(code, value),
      span: { from: group[0]?.from ?? name.from, to: group.at(-1)?.to ?? name.to },
    });
  }
  return found;
}

/** Parameters between commas. The grammar's tree leaves the `/` out: it is told by what stands between two commas. */
function separated(code: string, list: SyntaxNode): (SyntaxNode[] | "/")[] {
  const groups: (SyntaxNode[] | "/")[] = [];
  let group: SyntaxNode[] = [];
  let from = list.from + 1;
  const end = (to: number) => {
    if (group.length > 0) groups.push(group);
    else if (
      code
        .slice(from, to)
        .replaceAll(/#[^\n]*/g, "")
        .trim() === "/"
    )
      groups.push("/");
    group = [];
  };
  for (const node of innerOf(list)) {
    if (node.name === ",") {
      end(node.from);
      from = node.to;
    } else group.push(node);
  }
  end(list.to - 1);
  return groups;
}

/** What its own `return` statements give back; not those of functions and classes within. */
function returnedBy(code: string, body: SyntaxNode): (Expression | null)[] {
  const found: (Expression | null)[] = [];
  const cursor = body.cursor();
  const isClosed = () => ["FunctionDefinition", "ClassDefinition", "LambdaExpression"].includes(cursor.name);
  for (let depth = 0; ; ) {
    if (cursor.name === "ReturnStatement") found.push(readExpressionList(code, childrenOf(cursor.node).slice(1)));
    else if (!isClosed() && cursor.firstChild()) {
      depth++;
      continue;
    }
    while (!cursor.nextSibling()) {
      depth--;
      if (depth <= 0 || !cursor.parent()) return found;
    }
  }
}
