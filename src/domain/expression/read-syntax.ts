import type { parse } from "@bufbuild/cel";
import { limits } from "../../contract/limits.ts";
import type { TextProblem } from "./scan-text.ts";
import { type Constant, loopNames, type SyntaxNode } from "./syntax-node.ts";

type Parsed = ReturnType<typeof parse>;
type Expr = Parsed["expr"];
type ExprCase<Name extends Expr["exprKind"]["case"]> = Extract<Expr["exprKind"], { case: Name }>;

/** Thrown where reading ends; `parseExpression` turns it into a refusal. */
export class SyntaxProblem extends Error {
  readonly problem: TextProblem;

  constructor(message: string, at: number) {
    super(message);
    this.problem = { message, at };
  }
}

/**
 * Turns the parser's tree into ours: macros as they were written, every part with its place, within the limits of depth and size. A chain
 * (`a + b + c`, `a.b.c`, `a ? b : c ? d : e`) does not count as depth.
 */
export function readSyntax(parsed: Parsed, text: string): SyntaxNode {
  const positions: Record<string, number> = parsed.sourceInfo?.positions ?? {};
  const macroCalls: Record<string, Expr> = parsed.sourceInfo?.macroCalls ?? {};
  let nodes = 0;

  /** The parser places some operators at the white space before them. */
  const placeOf = (expr: Expr): number => {
    const at = positions[String(expr.id)] ?? 0;
    return at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
  };

  function read(expr: Expr | undefined, depth: number): SyntaxNode {
    if (expr === undefined) throw new SyntaxProblem("a part of the expression is missing", 0);
    const at = placeOf(expr);
    if (++nodes > limits.expressionNodes)
      throw new SyntaxProblem(`the expression has more than ${limits.expressionNodes} parts`, at);
    if (depth > limits.expressionDepth)
      throw new SyntaxProblem(`the expression is nested deeper than ${limits.expressionDepth}`, at);
    const { exprKind } = expr;
    switch (exprKind.case) {
      case "constExpr":
        return { kind: "constant", value: constantOf(exprKind.value, at), at };
      case "identExpr": {
        const { name } = exprKind.value;
        // The parser leaves out the dot before an absolute name.
        return { kind: "name", name, isAbsolute: text.charAt(at) === ".", at };
      }
      case "selectExpr": {
        const { operand, field, testOnly } = exprKind.value;
        const kind = testOnly ? "has" : "select";
        return { kind, of: read(operand, depth), key: field, at };
      }
      case "listExpr":
        return { kind: "list", items: exprKind.value.elements.map((item) => read(item, depth + 1)), at };
      case "structExpr":
        return { kind: "map", entries: entriesOf(exprKind.value, depth, at), at };
      case "callExpr":
        return readCall(exprKind.value, depth, at);
      case "comprehensionExpr":
        return readLoop(macroCalls[String(expr.id)], depth, at);
      default:
        return readMacro(expr, depth, at);
    }
  }

  /** Inside of a macro as it was written, another macro is only named. */
  function readMacro(expr: Expr, depth: number, at: number): SyntaxNode {
    const written = macroCalls[String(expr.id)];
    const asked =
      written?.exprKind.case === "callExpr" && written.exprKind.value.function === "has"
        ? written.exprKind.value.args[0]
        : undefined;
    if (asked === undefined) return readLoop(written, depth, at);
    if (asked.exprKind.case !== "selectExpr") throw new SyntaxProblem("has() asks for a field, as in has(a.b)", at);
    const { operand, field } = asked.exprKind.value;
    return { kind: "has", of: read(operand, depth), key: field, at };
  }

  function entriesOf(struct: ExprCase<"structExpr">["value"], depth: number, at: number): [SyntaxNode, SyntaxNode][] {
    if (struct.messageName !== "")
      throw new SyntaxProblem(`${struct.messageName}{…} makes no value here; a map is written {"key": value}`, at);
    return struct.entries.map(({ keyKind, value }) => {
      if (keyKind.case !== "mapKey") throw new SyntaxProblem("a map's key is missing", at);
      return [read(keyKind.value, depth + 1), read(value, depth + 1)];
    });
  }

  function readCall(call: ExprCase<"callExpr">["value"], depth: number, at: number): SyntaxNode {
    const { function: name, target, args } = call;
    const [first, second, third] = args;
    switch (name) {
      case "_&&_":
        return { kind: "and", left: read(first, depth), right: read(second, depth), at };
      case "_||_":
        return { kind: "or", left: read(first, depth), right: read(second, depth), at };
      case "_?_:_":
        return {
          kind: "choice",
          condition: read(first, depth + 1),
          yes: read(second, depth + 1),
          no: read(third, depth),
          at,
        };
      case "_[_]":
        return { kind: "index", of: read(first, depth), index: read(second, depth + 1), at };
    }
    // The left side of an operator is its chain, whatever its length.
    const isOperator = /^_.+_$/.test(name);
    const read1 = (arg: Expr, index: number) => read(arg, isOperator && index === 0 ? depth : depth + 1);
    return { kind: "call", name, target: target === undefined ? null : read(target, depth), args: args.map(read1), at };
  }

  function readLoop(written: Expr | undefined, depth: number, at: number): SyntaxNode {
    if (written?.exprKind.case !== "callExpr") throw new SyntaxProblem("this loop cannot be read", at);
    const { function: name, target, args } = written.exprKind.value;
    const [variable, ...rest] = args;
    const loop = loopNames.find((known) => known === name);
    if (loop === undefined || variable?.exprKind.case !== "identExpr")
      throw new SyntaxProblem("this loop cannot be read", at);
    const parts = rest.map((part) => read(part, depth + 1));
    const last = parts.at(-1) ?? null;
    const isMap = loop === "map";
    return {
      kind: "loop",
      loop,
      over: read(target, depth),
      variable: variable.exprKind.value.name,
      only: isMap ? (parts.length === 2 ? (parts[0] ?? null) : null) : last,
      each: isMap ? last : null,
      at,
    };
  }

  return read(parsed.expr, 1);
}

function constantOf({ constantKind }: ExprCase<"constExpr">["value"], at: number): Constant {
  switch (constantKind.case) {
    case "nullValue":
      return null;
    case "boolValue":
    case "stringValue":
      return constantKind.value;
    case "doubleValue":
      if (!Number.isFinite(constantKind.value)) throw new SyntaxProblem("this number is too large", at);
      return constantKind.value;
    case "int64Value":
      if (BigInt.asIntN(64, constantKind.value) !== constantKind.value)
        throw new SyntaxProblem("this integer does not fit into 64 bits", at);
      return constantKind.value;
    case "uint64Value":
      throw new SyntaxProblem("unsigned numbers are not known here, because JSON has none; leave the u out", at);
    default:
      throw new SyntaxProblem("bytes are not known here, because JSON has none; leave the b out", at);
  }
}
