import { limits } from "../../contract/limits.ts";
import { pointerOf, tokensOf } from "../pointer.ts";
import { copyJson, isRecord } from "../template/value/json-equality.ts";
import { formatAddress } from "./address.ts";
import { isReference, type Reference } from "./find-references.ts";
import type { BorrowedValue } from "./new-entity.ts";
import { parseAddress } from "./parse-address.ts";
import type { ValueAtAddress } from "./read-at-address.ts";
import { type ReferenceFindings, reportReference } from "./reference-issues.ts";
import { borrowedSources, compactSources, type RecordSources, sourcesOf, sourcesWithin } from "./value-sources.ts";

/** Values with what they referred to in place, where each of them came from, and one row for each reference. */
export interface ResolvedValues {
  values: Record<string, unknown>;
  attributeSource: RecordSources;
  borrowed: BorrowedValue[];
}

/** What references mean, by the text of their addresses. */
export type Picked = ReadonlyMap<string, ValueAtAddress>;

/**
 * Puts copies of the borrowed values where their references stand, and takes one `@` from strings that start with two. `picked` has all that
 * `references` name; what cannot be done is reported, and then the answer is null.
 */
export function borrowValues(
  values: Record<string, unknown>,
  references: ReadonlyMap<string, Reference>,
  picked: Picked,
  findings: ReferenceFindings,
  start = "",
): ResolvedValues | null {
  const meaningOf = (text: string): ValueAtAddress | undefined => {
    if (!isReference(text)) return undefined;
    const parsed = parseAddress(text);
    return parsed.ok ? picked.get(formatAddress(parsed.value)) : undefined;
  };
  const before = findings.count;
  checkDepth(references, picked, findings, start);
  const attributeSource = sourcesWithin((mostLeaves) => givenSources(values, mostLeaves, meaningOf));
  if (attributeSource === null) {
    reportReference(findings, "too_many_sources", start, () => ({
      message: `the values have so many parts that their sources take more than ${limits.sourceBytes} bytes`,
      suggestion: "borrow lists and maps whole, or record the parts as entities of their own and borrow these",
    }));
  }
  if (findings.count > before || attributeSource === null) return null;
  return { values: replaced(values, meaningOf), attributeSource, borrowed: rowsOf(references, picked) };
}

function givenSources(
  values: Record<string, unknown>,
  mostLeaves: number,
  meaningOf: (text: string) => ValueAtAddress | undefined,
): RecordSources {
  let told = 0;
  const sourceOf = (leaf: unknown) => {
    const found = typeof leaf === "string" ? meaningOf(leaf) : undefined;
    if (found === undefined) return null;
    const { source, leaves } = borrowedSources(found.value, found.address, Math.min(mostLeaves, mostTold - told));
    told += leaves;
    return source;
  };
  return Object.fromEntries(
    Object.keys(values).map((key) => [key, compactSources(sourcesOf(values[key], sourceOf), null, mostLeaves)]),
  );
}

/** Addresses of leaves in one record: more than these would not fit into `limits.sourceBytes`, so none are made. */
const mostTold = 10_000;

function replaced(
  values: Record<string, unknown>,
  meaningOf: (text: string) => ValueAtAddress | undefined,
): Record<string, unknown> {
  const replace = (value: unknown): unknown => {
    if (typeof value === "string") {
      const found = meaningOf(value);
      if (found !== undefined) return copyJson(found.value);
      return value.startsWith("@@") ? value.slice(1) : value;
    }
    if (Array.isArray(value)) return value.map(replace);
    return isRecord(value) ? replaceAll(value) : value;
  };
  const replaceAll = (map: Record<string, unknown>) =>
    Object.fromEntries(Object.keys(map).map((key) => [key, replace(map[key])]));
  return replaceAll(values);
}

function rowsOf(references: ReadonlyMap<string, Reference>, picked: Picked): BorrowedValue[] {
  return [...references].flatMap(([text, { paths }]) => {
    const found = picked.get(text);
    if (found === undefined) return [];
    const sourcePath = pointerOf(found.address.steps);
    return paths.map((path) => ({ path, sourceEcsId: found.address.ecsId, sourcePath }));
  });
}

/** What is borrowed from data that borrowed must not go deeper and deeper: whoever reads the data goes down with it. */
function checkDepth(
  references: ReadonlyMap<string, Reference>,
  picked: Picked,
  findings: ReferenceFindings,
  start: string,
): void {
  for (const [text, { paths }] of references) {
    const depth = depthOf(picked.get(text)?.value);
    for (const path of paths) {
      if (tokensOf(path).length + depth <= limits.documentDepth) continue;
      reportReference(findings, "too_deep", `${start}${path}`, () => ({
        message: `the value of ${text} has ${depth} levels; here it would lie deeper than ${limits.documentDepth}`,
        suggestion: "borrow a part of it, or borrow it further up",
      }));
    }
  }
}

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let deepest = 0;
  for (const member of Object.values(value)) deepest = Math.max(deepest, depthOf(member));
  return deepest + 1;
}
