import type { Span } from "../../finding.ts";

/** A Python expression, as far as annotations, defaults and decorators need it. */
export type Expression = Span &
  (
    | { type: "name"; name: string }
    | { type: "attribute"; object: Expression; attribute: string }
    /** `object[index]`; several indexes are a tuple. */
    | { type: "subscript"; object: Expression; index: Expression }
    /** A literal string, adjacent ones joined; `value` is null for an f-string. */
    | { type: "string"; value: string | null; isBytes: boolean }
    /** `text` as written: 1_000, 0x1f, 1e-3, 2j; `value` is null where JSON has no such number. */
    | { type: "number"; text: string; value: number | null; isInteger: boolean }
    | { type: "constant"; value: true | false | null }
    | { type: "ellipsis" }
    | { type: "tuple" | "list" | "set"; items: Expression[] }
    | { type: "dict"; entries: { key: Expression | null; value: Expression }[] }
    | { type: "call"; callee: Expression; args: Expression[]; keywords: { name: string | null; value: Expression }[] }
    | { type: "unary"; operator: "-" | "+" | "~" | "not"; operand: Expression }
    | { type: "binary"; operator: string; left: Expression; right: Expression }
    /** Anything else, as written. */
    | { type: "other"; text: string }
  );
