import type { FieldOf } from "../../../contract/template/field.ts";
import { showValue } from "./show-value.ts";
import { report, type ValueFindings } from "./value-findings.ts";

/** Checks a value against an integer or a float field. `1.0` is the integer 1: JSON does not tell them apart. */
export function checkNumberValue(
  findings: ValueFindings,
  field: FieldOf<"integer"> | FieldOf<"float">,
  value: unknown,
  path: string,
): void {
  const wanted = field.type === "integer" ? "an integer" : "a number";
  if (typeof value !== "number") {
    report(findings, "wrong_type", path, `expected ${wanted}, found ${showValue(value)}`, unquoted(field.type, value));
    return;
  }
  if (!Number.isFinite(value)) {
    report(findings, "not_json", path, `expected ${wanted}, found ${value}, which JSON cannot carry`);
    return;
  }
  if (field.type === "integer" && !Number.isSafeInteger(value)) {
    if (Number.isInteger(value))
      report(
        findings,
        "integer_unsafe",
        path,
        `integers go up to ±${Number.MAX_SAFE_INTEGER} (2^53 − 1), found ${value}`,
      );
    else
      report(
        findings,
        "wrong_type",
        path,
        `expected an integer, found the number ${value}`,
        `write ${Math.round(value)}`,
      );
    return;
  }
  checkBounds(findings, field, value, path);
  checkSteps(findings, field, value, path);
  if (field.enum !== undefined && !field.enum.includes(value))
    report(findings, "not_in_enum", path, `expected one of ${list(field.enum)}, found ${value}`);
}

/** Decimals in the shortest decimal text that reads back as this number: 1e-7 has 7, 0.1 + 0.2 has 17. */
export function decimalsOf(value: number): number {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const fraction = mantissa.split(".")[1] ?? "";
  return Math.max(0, fraction.length - Number(exponent));
}

/** Whether `value` is `step` times an integer, as far as binary numbers can tell (design section 13: 1e-9 relative). */
export function isMultipleOf(value: number, step: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(step)) return value % step === 0;
  const steps = value / step;
  // 1e-9 of many steps is a whole step, so a thousandth of a step is the most; never less than what binary division itself loses.
  const tolerance = Math.max(Math.min(1e-9 * Math.abs(steps), 1e-3), 4 * Number.EPSILON * Math.abs(steps));
  return Math.abs(steps - Math.round(steps)) <= tolerance;
}

function checkBounds(
  findings: ValueFindings,
  field: FieldOf<"integer"> | FieldOf<"float">,
  value: number,
  path: string,
): void {
  if (field.min !== undefined && value < field.min)
    report(findings, "below_min", path, `expected at least ${field.min}, found ${value}`);
  if (field.max !== undefined && value > field.max)
    report(findings, "above_max", path, `expected at most ${field.max}, found ${value}`);
}

function checkSteps(
  findings: ValueFindings,
  field: FieldOf<"integer"> | FieldOf<"float">,
  value: number,
  path: string,
): void {
  const step = field.multiple_of;
  if (step !== undefined && !isMultipleOf(value, step)) {
    const nearest = Number((Math.round(value / step) * step).toPrecision(15));
    report(findings, "not_multiple", path, `expected a multiple of ${step}, found ${value}`, `nearest is ${nearest}`);
  }
  if (field.type === "float" && field.precision !== undefined && decimalsOf(value) > field.precision)
    report(
      findings,
      "too_precise",
      path,
      `expected at most ${field.precision} decimals, found ${value}`,
      `write ${Number(value.toFixed(field.precision))}`,
    );
}

function unquoted(type: "integer" | "float", value: unknown): string | null {
  if (typeof value !== "string" || !/^-?\d{1,15}(\.\d{1,15})?$/.test(value)) return null;
  const number = Number(value);
  return type === "float" || Number.isInteger(number) ? `write ${number} without quotes` : null;
}

function list(values: readonly number[]): string {
  return values.length > 20 ? `${values.slice(0, 20).join(", ")} … (${values.length} values)` : values.join(", ");
}
