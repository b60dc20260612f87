import { limits } from "../../contract/limits.ts";
import { isMap, type JsonMap, type JsonValue } from "../document/json-value.ts";
import { utf8SizeBytes } from "../document/utf8-size.ts";
import type { Address } from "../entity/address.ts";
import { formatAddress } from "../entity/address.ts";
import { evaluateExpression } from "../expression/evaluate-expression.ts";
import { type Result, refusal, success } from "../result.ts";
import type { DocumentTexts, Read, ReadExpression, ReadText } from "./document-texts.ts";
import type { Scope } from "./scope.ts";
import type { Source, Sourced } from "./sourced.ts";
import { isListOfSources } from "./step-result.ts";

/** Why a value could not be filled. `path`: the keys to the text in it. */
export interface UnfilledValue {
  path: readonly string[];
  message: string;
}

/** What all expressions in a value read; refused where a text cannot be read. */
export function readsOfValue(texts: DocumentTexts, value: JsonValue): Result<Read[], UnfilledValue> {
  const reads: Read[] = [];
  const collect = (part: JsonValue, path: readonly string[]): UnfilledValue | null => {
    if (typeof part === "string") {
      const read = texts.value(part);
      if (!read.ok) return { path, message: read.failure };
      for (const piece of read.value.parts) if (typeof piece !== "string") reads.push(...piece.reads);
      return null;
    }
    if (typeof part !== "object" || part === null) return null;
    for (const [key, member] of Object.entries(part)) {
      const problem = collect(member, [...path, key]);
      if (problem !== null) return problem;
    }
    return null;
  };
  const problem = collect(value, []);
  return problem === null ? success(reads) : refusal(problem);
}

/**
 * Fills the expressions in a value's texts, as `fillTemplate` does, and says where each part came from: what lies at a path is a copy of that; what
 * is computed came from all that was read for it; lists and maps of the document have members.
 */
export function fillValue(texts: DocumentTexts, value: JsonValue, scope: Scope): Result<Sourced, UnfilledValue> {
  const filled = { bytes: 0 };
  const fill = (part: JsonValue, path: readonly string[]): Result<Sourced, UnfilledValue> => {
    if (typeof part === "string") {
      const read = texts.value(part);
      const result = read.ok ? fillText(read.value, scope, filled, path.length) : read;
      return result.ok ? result : refusal({ path, message: result.failure });
    }
    if (Array.isArray(part)) {
      const items: Sourced[] = [];
      for (const [index, item] of part.entries()) {
        const result = fill(item, [...path, String(index)]);
        if (!result.ok) return result;
        items.push(result.value);
      }
      return success({ value: items.map((item) => item.value), source: { members: items.map((item) => item.source) } });
    }
    if (!isMap(part)) return success({ value: part, source: { from: [] } });
    return fillMap(part, path);
  };
  const fillMap = (map: JsonMap, path: readonly string[]): Result<Sourced, UnfilledValue> => {
    const values: [string, JsonValue][] = [];
    const sources: [string, Source][] = [];
    for (const [key, member] of Object.entries(map)) {
      const result = fill(member, [...path, key]);
      if (!result.ok) return result;
      values.push([key, result.value.value]);
      sources.push([key, result.value.source]);
    }
    // Not by assignment: `__proto__` is a key like others.
    return success({ value: Object.fromEntries(values), source: { members: Object.fromEntries(sources) } });
  };
  return fill(value, []);
}

function fillText(
  { isExpression, parts }: ReadText,
  scope: Scope,
  filled: { bytes: number },
  depth: number,
): Result<Sourced, string> {
  let whole = "";
  const from: Source[] = [];
  for (const part of parts) {
    if (typeof part === "string") {
      whole += part;
      continue;
    }
    const result = evaluateExpression(part.expression, scope.values);
    if (!result.ok) return refusal(`${part.shown}: ${result.failure.message}`);
    const { value } = result;
    const written = typeof value === "string" ? value : JSON.stringify(value);
    filled.bytes += utf8SizeBytes(written);
    if (filled.bytes > limits.valueBytes)
      return refusal(`the expressions together give more than ${limits.valueBytes / 1024 / 1024} MiB`);
    if (depth + depthOf(value) > limits.documentDepth)
      return refusal(`${part.shown}: what it gives would lie deeper than ${limits.documentDepth} levels here`);
    const source = sourceOfExpression(part, scope);
    if (isExpression) return success({ value, source });
    whole += written;
    from.push(source);
  }
  return success({ value: whole, source: { from: unique(from.flatMap(addressesOf)) } });
}

function sourceOfExpression({ plain, reads }: ReadExpression, scope: Scope): Source {
  if (plain !== null) return scope.sourceOf(plain);
  // Who asks for a step and then reads a part of it has read that part.
  const isCovered = ({ path, isAsked }: Read): boolean =>
    isAsked && reads.some((other) => !other.isAsked && path.every((token, at) => other.path[at] === token));
  const read = reads.filter((one) => !isCovered(one));
  return { from: unique(read.flatMap(({ path }) => addressesOf(scope.sourceOf(path)))) };
}

/** All addresses of a source. */
function addressesOf(source: Source): readonly Address[] {
  if ("at" in source) return [source.at];
  if ("from" in source) return source.from;
  const { members } = source;
  return (isListOfSources(members) ? members : Object.values(members)).flatMap(addressesOf);
}

function unique(addresses: readonly Address[]): Address[] {
  return [...new Map(addresses.map((address) => [formatAddress(address), address])).values()];
}

function depthOf(value: JsonValue): number {
  if (typeof value !== "object" || value === null) return 0;
  let deepest = 0;
  for (const member of Object.values(value)) deepest = Math.max(deepest, depthOf(member));
  return deepest + 1;
}
