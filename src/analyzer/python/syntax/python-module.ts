import type { ParameterKind } from "../../../contract/function/signature.ts";
import type { Span } from "../../finding.ts";
import type { Expression } from "./expression.ts";

/** One source as read: what its top level binds, in order. Conditional definitions count like others; the last binding of a name wins. */
export interface PythonModule {
  /** Line ends as \n, no BOM: all spans are in this text. */
  code: string;
  docstring: string | null;
  /** What a name stands for where the module ends: `np` → `numpy`, `O` → `typing.Optional`. Names bound by imports only. */
  imported: ReadonlyMap<string, string>;
  /** Module-level `NAME = expression` (and `NAME: TypeAlias = …`, `type NAME = …`), the last of each name. */
  assigned: ReadonlyMap<string, Expression>;
  classes: ReadonlyMap<string, PythonClass>;
  /** The last definition of each top-level function, decorated or not. */
  functions: PythonFunction[];
}

export interface PythonClass {
  name: string;
  bases: Expression[];
  /** Of its header: `total=False`, `metaclass=ABCMeta`. */
  keywords: { name: string | null; value: Expression }[];
  decorators: Expression[];
  docstring: string | null;
  /** Assignments and annotated names of its body, in order. */
  fields: { name: string; annotation: Expression | null; default: Expression | null; span: Span }[];
  span: Span;
}

export interface PythonFunction {
  name: string;
  isAsync: boolean;
  decorators: Expression[];
  parameters: PythonParameter[];
  returns: Expression | null;
  docstring: string | null;
  /** What its own `return` statements (not those of functions within) give back; null for a bare `return`. */
  returned: (Expression | null)[];
  /** From its first decorator (or `def`) to its end. */
  span: Span;
  nameSpan: Span;
}

export interface PythonParameter {
  name: string;
  kind: ParameterKind;
  annotation: Expression | null;
  default: Expression | null;
  span: Span;
}
