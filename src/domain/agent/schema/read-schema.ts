import { limits } from "../../../contract/limits.ts";
import { findBadJson } from "../../document/find-bad-json.ts";
import { isMap, type JsonMap, type JsonValue, own, valueAt } from "../../document/json-value.ts";
import { type Result, refusal, success } from "../../result.ts";
import { quote } from "../../template/value/show-value.ts";
import { schemasInside } from "./schemas-inside.ts";

/** A JSON Schema whose references are all known to lead somewhere within it. */
export interface ReadSchema {
  root: JsonMap;
  /** Where the references of a schema lead; empty where it has none. */
  targetsOf(schema: JsonMap): readonly JsonValue[];
  /** Whether anything in it asks what other keywords have looked at. */
  asksWhatWasSeen: boolean;
  /** Whether `$ref` stands alone, as it did until draft 7: what is written beside it says nothing. */
  isReferenceAlone: boolean;
}

/**
 * Reads a JSON Schema (2020-12; what earlier drafts spell otherwise is understood too), or says why it cannot be used. Only references are
 * refused: nothing is fetched. Whatever else is not as JSON Schema has it says nothing.
 */
export function readSchema(given: Readonly<Record<string, unknown>>): Result<ReadSchema, string> {
  const bad = findBadJson(given);
  if (bad !== null) return refusal(bad.why);
  // A copy whose `__proto__` is a key like any other.
  const root: JsonValue = JSON.parse(JSON.stringify(given));
  if (!isMap(root)) return refusal("it is no JSON object");
  const places = new Places(root);
  const targets = new Map<JsonMap, JsonValue[]>();
  for (const schema of places.all) {
    for (const key of ["$ref", "$dynamicRef", "$recursiveRef"]) {
      const reference = own(schema, key);
      if (typeof reference !== "string") continue;
      const target = places.find(reference, places.resourceOf(schema));
      if (target === undefined) return refusal(whyNot(key, reference));
      if (key !== "$ref" && places.isOpenInMeaning(reference))
        return refusal(`its ${key} ${quote(reference)} may mean several schemas: use $ref`);
      targets.set(schema, [...(targets.get(schema) ?? []), target]);
      places.add(target, places.resourceOf(schema));
    }
    if (places.all.size > limits.documentNodes)
      return refusal(`it has more than ${limits.documentNodes} schemas inside`);
  }
  const asks = [...places.all].some(
    (schema) => Object.hasOwn(schema, "unevaluatedProperties") || Object.hasOwn(schema, "unevaluatedItems"),
  );
  const draft = own(root, "$schema");
  return success({
    root,
    targetsOf: (schema) => targets.get(schema) ?? none,
    asksWhatWasSeen: asks,
    isReferenceAlone: typeof draft === "string" && /draft-0[3-7]\b/.test(draft),
  });
}

const none: readonly JsonValue[] = [];

function whyNot(key: string, reference: string): string {
  const why = reference.startsWith("#")
    ? "leads nowhere in it"
    : "lies outside of it, and nothing is fetched: write what it means under $defs";
  return `its ${key} ${quote(reference)} ${why}`;
}

/** Every schema inside of one, and what it can be referred to by. */
class Places {
  /** Grows while it is walked: a reference may lead to what no keyword leads to. */
  readonly all = new Set<JsonMap>();
  readonly #resources = new Map<JsonMap, JsonMap>();
  readonly #byId = new Map<string, JsonMap>();
  readonly #anchors = new Map<JsonMap, Map<string, JsonMap>>();
  /** How many schemas say that they are the one meant by a dynamic reference; `$recursiveRef` knows no names. */
  readonly #dynamic = new Map<string, number>();

  constructor(root: JsonMap) {
    this.add(root, root);
  }

  add(schema: JsonValue, resource: JsonMap): void {
    const open: [JsonValue, JsonMap][] = [[schema, resource]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [one, around] = next;
      if (!isMap(one) || this.all.has(one)) continue;
      this.all.add(one);
      const inside = this.#place(one, around);
      for (const member of schemasInside(one)) open.push([member, inside]);
    }
  }

  /** The schema that a `#/…` starts at: the nearest around with an `$id`, else the whole. */
  resourceOf(schema: JsonMap): JsonMap {
    return this.#resources.get(schema) ?? schema;
  }

  find(reference: string, resource: JsonMap): JsonValue | undefined {
    const hash = reference.indexOf("#");
    const base = hash < 0 ? reference : reference.slice(0, hash);
    const fragment = hash < 0 ? "" : decode(reference.slice(hash + 1));
    const start = base === "" ? resource : (this.#byId.get(base) ?? this.#byId.get(beside(resource, base)));
    if (start === undefined || fragment === null) return undefined;
    if (fragment === "") return start;
    if (!fragment.startsWith("/")) return this.#anchors.get(start)?.get(fragment);
    const tokens = fragment.slice(1).split("/");
    const found = valueAt(
      start,
      tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~")),
    );
    return isMap(found) || typeof found === "boolean" ? found : undefined;
  }

  /** Whether what a dynamic reference means depends on the way that led to it. */
  isOpenInMeaning(reference: string): boolean {
    const name = reference.slice(reference.indexOf("#") + 1);
    return (this.#dynamic.get(name) ?? 0) > 1;
  }

  #place(schema: JsonMap, around: JsonMap): JsonMap {
    const id = idOf(schema);
    const resource = id !== undefined && !id.startsWith("#") ? schema : around;
    this.#resources.set(schema, resource);
    if (id !== undefined && resource === schema) {
      for (const name of [id, beside(around, id)]) if (!this.#byId.has(name)) this.#byId.set(name, schema);
    }
    const anchors = this.#anchors.get(resource) ?? new Map<string, JsonMap>();
    this.#anchors.set(resource, anchors);
    const names = [
      own(schema, "$anchor"),
      own(schema, "$dynamicAnchor"),
      id?.startsWith("#") ? id.slice(1) : undefined,
    ];
    for (const name of names) if (typeof name === "string" && !anchors.has(name)) anchors.set(name, schema);
    const dynamic = own(schema, "$recursiveAnchor") === true ? "" : own(schema, "$dynamicAnchor");
    if (typeof dynamic === "string") this.#dynamic.set(dynamic, (this.#dynamic.get(dynamic) ?? 0) + 1);
    return resource;
  }
}

/** `$id` without an empty fragment; `id` in draft 4. */
function idOf(schema: JsonMap): string | undefined {
  const id = own(schema, "$id") ?? own(schema, "id");
  return typeof id === "string" && id !== "" ? id.replace(/#$/, "") : undefined;
}

/** A relative address beside the one of the schema that it is written in. */
function beside(resource: JsonMap, address: string): string {
  const id = idOf(resource) ?? "";
  return `${id.slice(0, id.lastIndexOf("/") + 1)}${address}`;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
