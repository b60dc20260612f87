import { limits } from "../../../contract/limits.ts";
import type { Field } from "../../../contract/template/field.ts";
import { checkValue } from "../../../domain/template/value/check-value.ts";
import { takesNull } from "../../../domain/template/value/field-facts.ts";
import type { Expression } from "../syntax/expression.ts";
import { type Evaluated, evaluateDefault } from "./evaluate-default.ts";
import { spendOnText, type TypeReading, textOf, warnOf } from "./type-reading.ts";

/**
 * An input's field with what happens when it is left out: required without a default, else the default as JSON. A default that JSON cannot say,
 * or only the running code knows, is left to the function: the input is optional and has none.
 */
export function withDefault(reading: TypeReading, field: Field, written: Expression | null): Field {
  if (written === null) return { ...field, required: true };
  return withEvaluated(reading, field, written, evaluateDefault(reading.module, written));
}

/** The same for a default that was evaluated. */
export function withEvaluated(reading: TypeReading, field: Field, written: Expression, read: Evaluated): Field {
  const optional: Field = { ...field, required: false };
  if (read.state === "unknown") return optional;
  if (read.state === "unsayable") {
    const message = `the default ${textOf(reading, written)} is no number that JSON has: callers see that the input may be left out, and not its default`;
    warnOf(reading, written, "default_unsayable", message);
    return optional;
  }
  const { value } = read;
  const size = sizeOf(value);
  spendOnText(reading, size);
  if (size > limits.inlineValueBytes) {
    const message = `the default is longer than ${limits.inlineValueBytes} characters: callers see that the input may be left out, and not its default`;
    warnOf(reading, written, "default_unsayable", message);
    return optional;
  }
  // `x: int = None` says that None is a value, as type checkers long took it.
  if (value === null && !takesNull(field)) return { ...field, nullable: true, default: null };
  const [refusal] = checkValue(field, value, "");
  if (refusal === undefined) return { ...field, default: value };
  const message = `the default ${textOf(reading, written)} does not fit its type: ${refusal.message}`;
  warnOf(reading, written, "default_refused", message, "change the type or the default");
  return optional;
}

/** Characters of a value as JSON, roughly: a list may name the same long text many times. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return 8;
  return Object.entries(value).reduce((size, [key, member]) => size + key.length + 4 + sizeOf(member), 2);
}
