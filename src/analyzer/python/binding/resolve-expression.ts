import type { Expression } from "../syntax/expression.ts";
import type { TopStatement } from "../syntax/top-statements.ts";
import type { Binding, Bindings } from "./binding.ts";
import { reachingBindings } from "./reaching-bindings.ts";

type Call = Extract<Expression, { type: "call" }>;

/** What an expression may stand for where it is written. */
export type Meaning =
  /** `binding` is what the name was bound by; `calls` are those around it, the innermost first. */
  | { type: "path"; path: string; isModule: boolean; binding: Binding; calls: readonly Call[] }
  /** A name that the module's own scope does not bind; `binding` is what was assigned it, if anything. */
  | { type: "unbound"; name: string; binding: Binding | null; calls: readonly Call[] }
  /** Whatever else; `binding` is what bound the name it begins with, null where it begins with none. */
  | { type: "unknown"; binding: Binding | null };

/** Names that stand for names are followed this far. */
const longestTrail = 10;

/** What an expression of the module's own scope may stand for at an offset, by walking what binds its names. */
export function resolveExpression(
  bindings: Bindings,
  expression: Expression,
  offset: number,
  place: Pick<TopStatement, "branches" | "handles">,
  trail = 0,
): Meaning[] {
  switch (expression.type) {
    case "name": {
      const reaching = reachingBindings(bindings, expression.name, offset, place);
      if (reaching.length === 0) return [{ type: "unbound", name: expression.name, binding: null, calls: [] }];
      return reaching.flatMap((binding) => follow(bindings, binding, trail));
    }
    case "attribute":
      return resolveExpression(bindings, expression.object, offset, place, trail).map((meaning) => {
        if (meaning.type !== "path" || meaning.calls.length > 0) return { type: "unknown", binding: meaning.binding };
        return { ...meaning, path: `${meaning.path}.${expression.attribute}`, isModule: false };
      });
    case "call":
      return resolveExpression(bindings, expression.callee, offset, place, trail).map((meaning) => {
        return meaning.type === "unknown" ? meaning : { ...meaning, calls: [...meaning.calls, expression] };
      });
    default:
      return [{ type: "unknown", binding: null }];
  }
}

function follow(bindings: Bindings, binding: Binding, trail: number): Meaning[] {
  const { bound, since, statement } = binding;
  if (bound.type === "import") {
    return [{ type: "path", path: bound.path, isModule: bound.isModule, binding, calls: [] }];
  }
  if (bound.type !== "value" || trail >= longestTrail) return [{ type: "unknown", binding }];
  // What it is assigned was read before the name was bound.
  const meanings = resolveExpression(bindings, bound.expression, since - 1, statement, trail + 1);
  return meanings.map((meaning) => ({ ...meaning, binding }));
}
