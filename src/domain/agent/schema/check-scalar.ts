import { type JsonMap, own } from "../../document/json-value.ts";
import { isMultipleOf } from "../../template/value/check-number-value.ts";
import { codePoints } from "../../template/value/check-text-value.ts";
import { quote } from "../../template/value/show-value.ts";
import type { KeywordCheck, Place, SchemaCheck } from "./schema-check.ts";

/** What is said of numbers and of texts. */
export const checkScalar: KeywordCheck = (check, schema, value, at) => {
  if (typeof value === "number") return checkNumber(check, schema, value, at);
  return typeof value === "string" ? checkText(check, schema, value, at) : true;
};

function checkNumber(check: SchemaCheck, schema: JsonMap, value: number, at: Place): boolean {
  const { least, above, most, below } = boundsOf(schema);
  if (least !== null && value < least) return check.differ(at, `expected at least ${least}, found ${value}`);
  if (above !== null && value <= above) return check.differ(at, `expected more than ${above}, found ${value}`);
  if (most !== null && value > most) return check.differ(at, `expected at most ${most}, found ${value}`);
  if (below !== null && value >= below) return check.differ(at, `expected less than ${below}, found ${value}`);
  const step = numberAt(schema, "multipleOf");
  if (step === null || step <= 0 || isMultipleOf(value, step)) return true;
  return check.differ(at, `expected a multiple of ${step}, found ${value}`);
}

/** Until draft 4, `exclusiveMinimum: true` said that `minimum` itself is not enough. */
function boundsOf(schema: JsonMap): Record<"least" | "above" | "most" | "below", number | null> {
  const [minimum, maximum] = [numberAt(schema, "minimum"), numberAt(schema, "maximum")];
  const isAbove = own(schema, "exclusiveMinimum") === true;
  const isBelow = own(schema, "exclusiveMaximum") === true;
  return {
    least: isAbove ? null : minimum,
    above: isAbove ? minimum : numberAt(schema, "exclusiveMinimum"),
    most: isBelow ? null : maximum,
    below: isBelow ? maximum : numberAt(schema, "exclusiveMaximum"),
  };
}

function checkText(check: SchemaCheck, schema: JsonMap, value: string, at: Place): boolean {
  const [least, most] = [numberAt(schema, "minLength"), numberAt(schema, "maxLength")];
  if (least !== null || most !== null) {
    check.take(1 + Math.ceil(value.length / 64));
    const length = codePoints(value);
    if (least !== null && length < least)
      return check.differ(at, `expected at least ${least} characters, found ${length}`);
    if (most !== null && length > most) return check.differ(at, `expected at most ${most} characters, found ${length}`);
  }
  const source = own(schema, "pattern");
  const pattern = typeof source === "string" ? check.pattern(source) : null;
  if (pattern === null || check.matches(pattern, value)) return true;
  return check.differ(at, `expected a text like ${source}, found ${quote(value)}`);
}

/** What a keyword says, where it says a number. */
export function numberAt(schema: JsonMap, key: string): number | null {
  const value = own(schema, key);
  return typeof value === "number" ? value : null;
}
