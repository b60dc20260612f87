import fc from "fast-check";
import type { AttributeSource } from "../../../src/contract/entity/entity.ts";
import { formatAddress, type Step } from "../../../src/domain/entity/address.ts";
import { borrowValues, type Picked, type ResolvedValues } from "../../../src/domain/entity/borrow-values.ts";
import { findReferences } from "../../../src/domain/entity/find-references.ts";
import { parseAddress } from "../../../src/domain/entity/parse-address.ts";
import { readAtAddress } from "../../../src/domain/entity/read-at-address.ts";
import { noReferenceFindings, type ReferenceFindings } from "../../../src/domain/entity/reference-issues.ts";
import { isRecord } from "../../../src/domain/template/value/json-equality.ts";

export type Data = Record<string, unknown>;

/** Ids that tests name; more than they need. */
export const ids = Array.from({ length: 10 }, (_, n) => `0190a6b4-7c1e-7d3a-9f2b-00000000000${n}`);
export const anId = ids[0] ?? "";

const key = fc.oneof(
  fc.constantFrom("a", "b", "name", "0", "a key", "é", '"', "]", "__proto__", "constructor", "~/"),
  fc.string({ minLength: 1, maxLength: 6 }),
);
const scalar = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.boolean(),
  fc.constant(null),
  fc.string({ maxLength: 8 }).map((text) => (text.startsWith("@") ? `x${text}` : text)),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    mapOf(tie("value")),
  ),
}));

/** Any JSON without references. */
export const anyValue = value;
export const anyData: fc.Arbitrary<Data> = mapOf(value);

function mapOf(member: fc.Arbitrary<unknown>): fc.Arbitrary<Data> {
  const entries = fc.uniqueArray(fc.tuple(key, member), { selector: ([name]) => name, maxLength: 4 });
  // fromEntries defines properties instead of assigning them, as JSON.parse does.
  return entries.map((pairs) => Object.fromEntries(pairs));
}

/** Every place in data, the whole first, with the steps to it. */
export function placesOf(data: unknown, steps: Step[] = []): { steps: Step[]; value: unknown }[] {
  const here = { steps, value: data };
  if (Array.isArray(data)) return [here, ...data.flatMap((member, at) => placesOf(member, [...steps, at]))];
  if (!isRecord(data)) return [here];
  return [here, ...Object.keys(data).flatMap((name) => placesOf(data[name], [...steps, name]))];
}

/** Resolves references against entities in memory, as the operation does against D1. */
export function resolveIn(
  entities: ReadonlyMap<string, Data>,
  values: Data,
): { resolved: ResolvedValues | null; findings: ReferenceFindings } {
  const findings = noReferenceFindings();
  const references = findReferences(values, findings);
  const picked = new Map<string, ReturnType<Picked["get"]> & object>();
  for (const [text, { address }] of references) {
    const found = readAtAddress(entities.get(address.ecsId), address);
    if (found.ok) picked.set(text, found.value);
    else findings.count += 1;
  }
  const resolved = findings.count > 0 ? null : borrowValues(values, references, picked, findings);
  return { resolved, findings };
}

/** The leaves of data with their sources: how the one lies in the other. */
export function leavesWithSources(data: unknown, source: AttributeSource): { leaf: unknown; source: string | null }[] {
  if (typeof source === "string" || source === null) return [{ leaf: data, source }];
  if (Array.isArray(source)) {
    if (!Array.isArray(data) || data.length !== source.length) throw new Error("the source is no list like the data");
    return source.flatMap((member, at) => leavesWithSources(data[at], member));
  }
  if (!isRecord(data) || Object.keys(data).join() !== Object.keys(source).join()) {
    throw new Error("the source is no map like the data");
  }
  return Object.keys(source).flatMap((name) => leavesWithSources(data[name], source[name] ?? null));
}

/** What lies at the address of a source. */
export function valueOfSource(entities: ReadonlyMap<string, Data>, source: string): unknown {
  const address = parseAddress(source);
  if (!address.ok) throw new Error(`${source}: ${address.failure.message}`);
  const found = readAtAddress(entities.get(address.value.ecsId), address.value);
  if (!found.ok) throw new Error(found.failure.message);
  if (formatAddress(found.value.address) !== source) throw new Error(`${source} is not written in its one form`);
  return found.value.value;
}
