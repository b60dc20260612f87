import { limits } from "../../contract/limits.ts";
import type { JsonValue } from "../document/json-value.ts";
import { utf8SizeBytes } from "../document/utf8-size.ts";
import { type Result, refusal, success } from "../result.ts";
import { typeName, type Value } from "./value.ts";

/** A value as JSON. Refused: what JSON cannot carry, and what is larger than a value may be. */
export function jsonOfValue(value: Value): Result<JsonValue, { message: string }> {
  // Lists may share their items, so that a short expression makes a large value: the size is counted while it is written.
  let bytes = 0;
  const add = (size: number): void => {
    bytes += size;
    if (bytes > limits.valueBytes) throw new NoJson(`it gives more than ${limits.valueBytes / 1024 / 1024} MiB`);
  };
  const write = (part: Value, depth: number): JsonValue => {
    if (depth > limits.documentDepth) throw new NoJson(`it gives what is nested deeper than ${limits.documentDepth}`);
    switch (typeof part) {
      case "bigint":
        add(8);
        return wholeNumber(part);
      case "number":
        add(8);
        return float(part);
      case "string":
        add(utf8SizeBytes(part) + 2);
        return part;
      case "boolean":
        add(5);
        return part;
    }
    if (part === null) {
      add(4);
      return null;
    }
    add(2);
    if (part.kind === "list") {
      const list: JsonValue[] = [];
      for (let index = 0; index < part.size; index++) list.push(write(part.at(index) ?? null, depth + 1));
      return list;
    }
    const entries: [string, JsonValue][] = [];
    for (const key of part.keys()) {
      if (typeof key !== "string")
        throw new NoJson(`it gives a map with the key ${key}, ${typeName(key)}; JSON has strings only`);
      add(utf8SizeBytes(key) + 3);
      entries.push([key, write(part.get(key) ?? null, depth + 1)]);
    }
    // Not by assignment: `__proto__` is a key like others.
    return Object.fromEntries(entries);
  };
  try {
    return success(write(value, 0));
  } catch (thrown) {
    if (thrown instanceof NoJson) return refusal({ message: thrown.message });
    throw thrown;
  }
}

class NoJson extends Error {}

function wholeNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER))
    throw new NoJson(`it gives ${value}, which JSON cannot carry exactly`);
  return Number(value);
}

function float(value: number): number {
  if (!Number.isFinite(value)) throw new NoJson(`it gives ${value}, which JSON does not have`);
  return Object.is(value, -0) ? 0 : value;
}
