import type { Field, FieldType } from "../../../contract/template/field.ts";
import { isMultipleOf } from "../value/check-number-value.ts";
import { sameJson } from "../value/json-equality.ts";

/**
 * Which values a constraint takes, before and after: fewer (`tightened`), more (`loosened`), or some gone and some new (`changed`).
 * Whether that is breaking depends on the side: callers give inputs and get outputs.
 */
export type Direction = "tightened" | "loosened" | "changed";

/** One constraint that differs between two fields of one type. */
export interface ConstraintChange {
  key: string;
  direction: Direction;
  /** Ends the code: `max_added`, `enum_narrowed`, … */
  verb: "added" | "removed" | "changed" | "tightened" | "loosened" | "narrowed" | "widened";
  from: unknown;
  to: unknown;
}

/** The constraints that differ in effect; what means the same (`min_length: 0` and none) is no change here. Children are not looked at. */
export function compareConstraints(from: Field, to: Field): ConstraintChange[] {
  if (from.type !== to.type) return [];
  const before = new Map<string, unknown>(Object.entries(from));
  const after = new Map<string, unknown>(Object.entries(to));
  return constraintsOf[to.type].flatMap(([key, rule]) => {
    const change = rule(before.get(key), after.get(key));
    return change === null ? [] : [{ key, from: before.get(key) ?? null, to: after.get(key) ?? null, ...change }];
  });
}

type Verdict = Pick<ConstraintChange, "direction" | "verb"> | null;
type Rule = (from: unknown, to: unknown) => Verdict;

/** A lower bound; absent, it is `none`. */
const atLeast =
  (none: number): Rule =>
  (from, to) =>
    bound(numberOr(to, none) - numberOr(from, none), from, to);
/** An upper bound; absent, there is none. */
const atMost: Rule = (from, to) => bound(below(from) - below(to), from, to);
/** Something that every value must be, so that any new one refuses values. */
const exact: Rule = (from, to) => {
  if (sameJson(from, to)) return null;
  if (from === undefined) return { direction: "tightened", verb: "added" };
  return to === undefined ? { direction: "loosened", verb: "removed" } : { direction: "changed", verb: "changed" };
};
/** A flag whose `true` takes fewer values. */
const strictFlag: Rule = (from, to) => flag(from === true, to === true);
/** A step: a divisor of the old step takes all that the old one took (up to the tolerance of floats). */
const step: Rule = (from, to) => {
  const verdict = exact(from, to);
  if (verdict === null || typeof from !== "number" || typeof to !== "number") return verdict;
  if (isMultipleOf(from, to)) return { direction: "loosened", verb: "loosened" };
  return isMultipleOf(to, from) ? { direction: "tightened", verb: "tightened" } : verdict;
};
/** A list of what is allowed; absent, everything is. */
const choice =
  (covers: (allowed: unknown, value: unknown) => boolean): Rule =>
  (from, to) => {
    if (!Array.isArray(from) || !Array.isArray(to)) return exact(from, to);
    const isLost = from.some((value) => !to.some((allowed) => covers(allowed, value)));
    const isGained = to.some((value) => !from.some((allowed) => covers(allowed, value)));
    if (isLost && isGained) return { direction: "changed", verb: "changed" };
    if (isLost) return { direction: "tightened", verb: "narrowed" };
    return isGained ? { direction: "loosened", verb: "widened" } : null;
  };
const oneOf = choice((allowed, value) => allowed === value);
/** `image/*` covers `image/png`. */
const mediaTypes = choice(
  (allowed, value) =>
    allowed === value ||
    (typeof allowed === "string" &&
      typeof value === "string" &&
      allowed.endsWith("/*") &&
      value.startsWith(allowed.slice(0, -1))),
);

/** Only constraints: presence, null, defaults, items and properties are compared where fields are. */
const constraintsOf: Record<FieldType, readonly (readonly [key: string, rule: Rule])[]> = {
  string: [
    ["min_length", atLeast(0)],
    ["max_length", atMost],
    ["pattern", exact],
    ["format", exact],
    ["enum", oneOf],
  ],
  integer: [
    ["min", atLeast(Number.NEGATIVE_INFINITY)],
    ["max", atMost],
    ["multiple_of", step],
    ["enum", oneOf],
  ],
  float: [
    ["min", atLeast(Number.NEGATIVE_INFINITY)],
    ["max", atMost],
    ["multiple_of", step],
    ["precision", atMost],
    ["enum", oneOf],
  ],
  boolean: [],
  file: [
    ["format", oneOf],
    ["max_size", atMost],
    ["mime_types", mediaTypes],
  ],
  array: [
    ["min_items", atLeast(0)],
    ["max_items", atMost],
    ["unique_items", strictFlag],
  ],
  object: [],
  any: [],
};

/** `tightening` is positive when values are lost. Infinity − Infinity is NaN: neither has the bound. */
function bound(tightening: number, from: unknown, to: unknown): Verdict {
  if (tightening > 0) return { direction: "tightened", verb: from === undefined ? "added" : "tightened" };
  if (tightening < 0) return { direction: "loosened", verb: to === undefined ? "removed" : "loosened" };
  return null;
}

function flag(from: boolean, to: boolean): Verdict {
  if (from === to) return null;
  return to ? { direction: "tightened", verb: "added" } : { direction: "loosened", verb: "removed" };
}

function numberOr(value: unknown, none: number): number {
  return typeof value === "number" ? value : none;
}

function below(value: unknown): number {
  return numberOr(value, Number.POSITIVE_INFINITY);
}
