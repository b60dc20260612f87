import type { StepMeter } from "./step-meter.ts";
import { isList, isMapValue, type MapKey, type Value } from "./value.ts";

/** Whether two values are equal, as CEL has it: numbers by value, whatever their type; others only within their type; NaN never. */
export function areEqual(one: Value, other: Value, meter: StepMeter): boolean {
  if (typeof one === "string" && typeof other === "string") {
    meter.takeText(Math.min(one.length, other.length));
    return one === other;
  }
  // Neither === (1n is not 1) nor a conversion (which rounds): comparing a bigint with a number is exact.
  if (isNumber(one) && isNumber(other)) return one >= other && one <= other;
  if (isList(one)) {
    if (!isList(other) || one.size !== other.size) return false;
    for (let index = 0; index < one.size; index++) {
      if (index % 32 === 0) meter.take(1);
      const [left, right] = [one.at(index), other.at(index)];
      if (left === undefined || right === undefined || !areEqual(left, right, meter)) return false;
    }
    return true;
  }
  if (isMapValue(one)) {
    if (!isMapValue(other) || one.size !== other.size) return false;
    for (const key of one.keys()) {
      meter.take(1);
      const [left, right] = [one.get(key), other.get(key)];
      if (left === undefined || right === undefined || !areEqual(left, right, meter)) return false;
    }
    return true;
  }
  return one === other;
}

/** Negative, 0 or positive as `one` stands before, with or after `other`; NaN when one is NaN; null when they have no order. */
export function compareValues(one: Value, other: Value, meter: StepMeter): number | null {
  if (isNumber(one) && isNumber(other)) {
    if (typeof one === typeof other) return one < other ? -1 : one > other ? 1 : one >= other ? 0 : Number.NaN;
    // CEL compares an integer with a float as floats.
    return Number(one) - Number(other);
  }
  if (typeof one === "string" && typeof other === "string") {
    meter.takeText(Math.min(one.length, other.length));
    return compareTexts(one, other);
  }
  return typeof one === "boolean" && typeof other === "boolean" ? Number(one) - Number(other) : null;
}

/** By code points, as CEL has it; JavaScript's own order is by UTF-16 units, which puts 😀 before ﬀ. */
function compareTexts(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  if (at === length) return one.length - other.length;
  return rank(one.charCodeAt(at)) - rank(other.charCodeAt(at));
}

/** Surrogates, which stand for what lies beyond U+FFFF, come after all other units. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** A value as a map's key; null when it can be none. A whole float is the integer. */
export function keyOf(value: Value): MapKey | null {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : null;
  return typeof value === "string" || typeof value === "bigint" || typeof value === "boolean" ? value : null;
}

export function isNumber(value: Value): value is bigint | number {
  return typeof value === "bigint" || typeof value === "number";
}
