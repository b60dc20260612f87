import fc from "fast-check";
import type { AttributeSource } from "../../src/contract/entity/entity.ts";
import { formatAddress, type Step } from "../../src/domain/entity/address.ts";

export type Data = Record<string, unknown>;

/** What a test puts into one place: a value of its own, a value of an entity, or a list or map of such. */
type Plan =
  | { is: "given"; value: unknown }
  | { is: "borrowed"; entity: number; place: number; spelling: boolean }
  | { is: "list"; members: Plan[] }
  | { is: "map"; members: Record<string, Plan> };

/** A plan that was carried out: what is sent, what it means, and where each part of that came from. */
export interface Made {
  sent: unknown;
  meant: unknown;
  source: AttributeSource;
}

/** An entity that values can be borrowed from. */
export interface Known {
  ecsId: string;
  data: Data;
}

const key = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_-]{0,6}$/),
  fc.constantFrom(
    "0",
    "7",
    "a key",
    'say "so"',
    "a.b",
    "[0]",
    "~/",
    "~1",
    "\\",
    "@me",
    "constructor",
    "toString",
    "ä€😀",
    "\n",
  ),
);
const leaf = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.constantFrom("", "@", "@@", "@nobody", "0"),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.boolean(),
  fc.constant(null),
);
const anyValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
const data = fc.dictionary(key, anyValue, { minKeys: 1, maxKeys: 4, noNullPrototype: true });

const borrowed: fc.Arbitrary<Plan> = fc.record({
  is: fc.constant("borrowed" as const),
  entity: fc.nat(),
  place: fc.nat(),
  spelling: fc.boolean(),
});
const plan = fc.letrec<{ plan: Plan; list: Plan; map: Plan }>((tie) => ({
  plan: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    borrowed,
    anyValue.map((value) => ({ is: "given" as const, value })),
    tie("list"),
    tie("map"),
  ),
  list: fc.array(tie("plan"), { maxLength: 3 }).map((members) => ({ is: "list" as const, members })),
  map: fc
    .dictionary(key, tie("plan"), { maxKeys: 3, noNullPrototype: true })
    .map((members) => ({ is: "map" as const, members })),
}));

/** Inputs of each type. Those of a plain type borrow where some entity has a value that fits, else take the given one. */
const inputs = fc.record({
  list: plan.list,
  map: plan.map,
  text: fc.tuple(borrowed, fc.string({ maxLength: 8 })),
  whole: fc.tuple(borrowed, fc.maxSafeInteger()),
  flag: fc.tuple(borrowed, fc.boolean()),
  nested: fc.tuple(borrowed, fc.array(fc.maxSafeInteger(), { maxLength: 3 })),
});
const output = fc.record({
  result: fc.dictionary(key, anyValue, { maxKeys: 4, noNullPrototype: true }),
  items: fc.array(anyValue, { maxLength: 4 }),
  label: fc.string({ unit: "grapheme", maxLength: 8 }),
  score: fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
});
/** Entities from outside, and runs one after another, each of which may borrow from all that was there before it. */
export const aChain = fc.record({
  entities: fc.array(data, { minLength: 1, maxLength: 3 }),
  runs: fc.array(fc.record({ inputs, outputs: fc.array(output, { minLength: 1, maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
});

/** Makes one input. Those of a plain type take only a value that fits. */
export function makeInput(planned: Plan | [Plan, unknown], name: string, known: Known[]): Made {
  if (!Array.isArray(planned)) return carryOut(planned, known);
  const [wish, instead] = planned;
  if (name === "nested") {
    const sizes = carryOut(wish, known, (value) => Array.isArray(value) && value.every(Number.isSafeInteger), instead);
    return { sent: { sizes: sizes.sent }, meant: { sizes: sizes.meant }, source: { sizes: sizes.source } };
  }
  const fits: Record<string, (value: unknown) => boolean> = {
    text: (value) => typeof value === "string",
    whole: Number.isSafeInteger,
    flag: (value) => typeof value === "boolean",
  };
  return carryOut(wish, known, fits[name], instead);
}

function carryOut(
  planned: Plan,
  known: Known[],
  fits: (value: unknown) => boolean = isSmall,
  instead: unknown = 0,
): Made {
  switch (planned.is) {
    case "given":
      return { sent: escaped(planned.value), meant: planned.value, source: sourceTree(planned.value, () => null) };
    case "borrowed": {
      const places = known.flatMap(({ ecsId, data: of }) => placesIn(of).map((place) => ({ ecsId, ...place })));
      const fitting = places.filter(({ value }) => fits(value));
      const found = fitting[(planned.place + planned.entity) % Math.max(1, fitting.length)];
      if (found === undefined) return carryOut({ is: "given", value: instead }, known);
      const { ecsId, steps, value } = found;
      return {
        sent: spell(ecsId, steps, planned.spelling),
        meant: value,
        source: sourceTree(value, (path) => formatAddress({ ecsId, steps: [...steps, ...path] })),
      };
    }
    case "list": {
      const members = planned.members.map((member) => carryOut(member, known));
      return {
        sent: members.map((one) => one.sent),
        meant: members.map((one) => one.meant),
        source: members.map((one) => one.source),
      };
    }
    case "map": {
      const members = mapValues(planned.members, (member) => carryOut(member, known));
      const pick = <Part extends keyof Made>(part: Part) => mapValues(members, (one) => one[part]);
      return { sent: pick("sent"), meant: pick("meant"), source: pick("source") };
    }
  }
}

/** Whole data of many runs, one within another, would soon be too large for a request. */
function isSmall(value: unknown): boolean {
  return JSON.stringify(value).length < 1500 && depthOf(value) < 12;
}

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

/** Every value in data, the whole among them. */
function placesIn(value: unknown, steps: Step[] = []): { steps: Step[]; value: unknown }[] {
  const inside = Array.isArray(value)
    ? value.flatMap((member, at) => placesIn(member, [...steps, at]))
    : Object.entries(asRecord(value)).flatMap(([name, member]) => placesIn(member, [...steps, name]));
  return [{ steps, value }, ...inside];
}

/** An address as people write it: with dots where that is possible, or all in brackets. */
function spell(ecsId: string, steps: readonly Step[], withDots: boolean): string {
  const words = steps.map((step) => {
    if (withDots && /^[A-Za-z0-9_-]+$/.test(String(step)) && !/^0\d/.test(String(step))) return `.${step}`;
    return `[${JSON.stringify(step)}]`;
  });
  return `@${ecsId}${words.join("")}`;
}

/** The source of each leaf, in the shape of the value; what is borrowed and empty has an address of its own. */
function sourceTree(value: unknown, of: (path: Step[]) => string | null, path: Step[] = []): AttributeSource {
  if (typeof value !== "object" || value === null) return of(path);
  if (Object.keys(value).length === 0 && of(path) !== null) return of(path);
  if (Array.isArray(value)) return value.map((member, at) => sourceTree(member, of, [...path, at]));
  return mapValues(asRecord(value), (member, name) => sourceTree(member, of, [...path, name]));
}

/** The same, with a second @ where a text begins with one. */
export function escaped<Value>(value: Value): Value;
export function escaped(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith("@") ? `@${value}` : value;
  if (Array.isArray(value)) return value.map((member) => escaped(member));
  return typeof value === "object" && value !== null ? mapValues(asRecord(value), (member) => escaped(member)) : value;
}

/** A record with each value replaced. */
export function mapValues<From, To>(
  of: Record<string, From>,
  change: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value, name)]));
}

/** Its members by key or position; none of a scalar. */
export function asRecord(value: unknown): Data {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
