import { limits } from "../../../contract/limits.ts";
import type { Field } from "../../../contract/template/field.ts";
import type { JsonValue } from "../../../domain/document/json-value.ts";
import { checkValue } from "../../../domain/template/value/check-value.ts";
import { takesNull } from "../../../domain/template/value/field-facts.ts";
import { showValue } from "../../../domain/template/value/show-value.ts";
import type { Span } from "../../finding.ts";
import { spendOnText, type TypeReading, warnOf } from "./type-reading.ts";

/** A field with what stands in for it when it is left out. A default that does not fit is left to the function. */
export function withDefault(reading: TypeReading, field: Field, value: JsonValue, span: Span): Field {
  const { required: _, ...bare } = field;
  const optional: Field = { ...bare, required: false };
  const size = JSON.stringify(value).length;
  spendOnText(reading, size);
  if (size > limits.inlineValueBytes) {
    const long = `the default is longer than ${limits.inlineValueBytes} characters: callers see that the input may be left out, and not its default`;
    warnOf(reading, span, "default_unsayable", long, null);
    return optional;
  }
  if (value === null && !takesNull(field)) return { ...bare, nullable: true, default: null };
  const [refusal] = checkValue(bare, value, "");
  if (refusal === undefined) return { ...bare, default: value };
  const message = `the default ${showValue(value)} does not fit its type: ${refusal.message}`;
  warnOf(reading, span, "default_refused", message, "change the type or the default");
  return optional;
}
