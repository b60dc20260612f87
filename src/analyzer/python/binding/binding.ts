import type { Span } from "../../finding.ts";
import type { Expression } from "../syntax/expression.ts";
import type { TopStatement } from "../syntax/top-statements.ts";

/** What a name is bound to. */
export type Bound =
  /** `path` is the dotted one of a module, or of what is imported from it. */
  | { type: "import"; path: string; isModule: boolean }
  | { type: "value"; expression: Expression }
  | { type: "function" | "class" | "deleted" | "other" };

/** One place where the module's own scope binds a name. */
export interface Binding {
  name: string;
  bound: Bound;
  /** Offset from which on it holds. */
  since: number;
  /** What binds it, for messages. */
  span: Span;
  statement: TopStatement;
}

/** All bindings of the module's own scope by name, in the order in which they come to hold. */
export type Bindings = ReadonlyMap<string, readonly Binding[]>;
