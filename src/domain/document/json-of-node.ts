import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { limits } from "../../contract/limits.ts";
import { childPointer } from "../pointer.ts";
import type { OffsetFinding } from "./compose-yaml.ts";
import type { DocumentIssueCode } from "./document-issue-codes.ts";
import { customTag, jsonOfScalar, type ScalarProblem } from "./json-of-scalar.ts";
import type { JsonMap, JsonValue } from "./json-value.ts";

/** Where a value and the key that holds it start in the source. */
export interface Offsets {
  key: number | null;
  value: number;
}

/** The JSON value of a YAML document's root, the offset of each value by its pointer, and what JSON cannot carry. */
export function jsonOfNode(root: ParsedNode | null): {
  value: JsonValue;
  offsets: Map<string, Offsets>;
  findings: OffsetFinding[];
} {
  const walk: Walk = {
    offsets: new Map(),
    findings: [],
    anchors: new Map(),
    open: new Set(),
    values: 0,
    aliases: 0,
    inAlias: 0,
    given: false,
  };
  const value = jsonOf(walk, root, "", 0, null);
  return { value, offsets: walk.offsets, findings: walk.findings };
}

interface Walk {
  offsets: Map<string, Offsets>;
  findings: OffsetFinding[];
  anchors: Map<string, ParsedNode>;
  /** The anchored values that the walk is inside of. */
  open: Set<ParsedNode>;
  values: number;
  aliases: number;
  inAlias: number;
  /** Set once a limit is passed: the rest of the document is not walked. */
  given: boolean;
}

type YamlNode = ParsedNode | null;

function jsonOf(walk: Walk, node: YamlNode, path: string, depth: number, keyOffset: number | null): JsonValue {
  const offset = node?.range[0] ?? keyOffset ?? 0;
  walk.offsets.set(path, { key: keyOffset, value: offset });
  if (walk.given) return null;
  if (++walk.values > limits.documentNodes) {
    return giveUp(
      walk,
      "too_many_values",
      offset,
      path,
      `the document holds more than ${limits.documentNodes} values, aliases expanded`,
    );
  }
  if (node === null) return null;
  if (isAlias(node)) return jsonOfAlias(walk, node, path, depth, keyOffset);
  // What an alias repeats was anchored when it was first met.
  if (node.anchor !== undefined && walk.inAlias === 0) walk.anchors.set(node.anchor, node);
  if (isScalar(node)) {
    const scalar = jsonOfScalar(node);
    if (!scalar.ok) find(walk, scalar.problem, offset, path);
    return scalar.ok ? scalar.value : null;
  }
  if (depth >= limits.documentDepth) {
    return giveUp(
      walk,
      "document_too_deep",
      offset,
      path,
      `maps and lists are nested deeper than ${limits.documentDepth} levels`,
    );
  }
  const wanted = isMap(node) ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq";
  if (node.tag !== undefined && node.tag !== wanted) find(walk, customTag(node.tag), offset, path);
  walk.open.add(node);
  const value = isMap(node)
    ? jsonOfMap(walk, node, path, depth)
    : isSeq(node)
      ? jsonOfList(walk, node, path, depth)
      : null;
  walk.open.delete(node);
  return value;
}

function jsonOfMap(walk: Walk, node: YAMLMap.Parsed, path: string, depth: number): JsonMap {
  const map: JsonMap = {};
  const seen = new Set<string>();
  for (const pair of node.items) {
    if (walk.given) break;
    const key = keyOf(walk, pair, node, path, seen);
    if (key === null) continue;
    map[key.text] = jsonOf(walk, pair.value, childPointer(path, key.text), depth + 1, key.offset);
  }
  return map;
}

function jsonOfList(walk: Walk, node: YAMLSeq.Parsed, path: string, depth: number): JsonValue[] {
  const list: JsonValue[] = [];
  for (const [index, item] of node.items.entries()) {
    if (walk.given) break;
    list.push(jsonOf(walk, asNode(item), childPointer(path, index), depth + 1, null));
  }
  return list;
}

/** In a flow list `[a: 1]` the library gives a pair where JSON has a map; its own types leave that out. */
function asNode(item: ParsedNode | Pair<ParsedNode, ParsedNode | null>): YamlNode {
  return "range" in item ? item : null;
}

function keyOf(
  walk: Walk,
  pair: Pair<ParsedNode, ParsedNode | null>,
  map: YAMLMap.Parsed,
  path: string,
  seen: Set<string>,
): { text: string; offset: number } | null {
  const offset = pair.key?.range[0] ?? map.range[0];
  if (!isScalar(pair.key) || typeof pair.key.value !== "string") {
    find(walk, keyNotString(pair.key), offset, path);
    return null;
  }
  const text = pair.key.value;
  const scalar = jsonOfScalar(pair.key);
  if (!scalar.ok) find(walk, scalar.problem, offset, path);
  else if (text === "__proto__") find(walk, forbiddenKey, offset, childPointer(path, text));
  else if (text === "<<" && pair.key.type === "PLAIN") find(walk, mergeKey, offset, childPointer(path, text));
  else if (seen.has(text)) {
    const message = `key "${text}" is written twice in this map; the first one would be lost`;
    find(walk, { code: "duplicate_key", message, suggestion: "keep one of them" }, offset, childPointer(path, text));
  } else {
    seen.add(text);
    return { text, offset };
  }
  return null;
}

function jsonOfAlias(walk: Walk, node: Alias.Parsed, path: string, depth: number, keyOffset: number | null): JsonValue {
  const offset = node.range[0];
  // What an alias repeats may hold aliases: those count again, as they would when expanded.
  if (++walk.aliases > limits.yamlAliases) {
    return giveUp(
      walk,
      "too_many_aliases",
      offset,
      path,
      `the document expands more than ${limits.yamlAliases} aliases`,
    );
  }
  const target = walk.anchors.get(node.source);
  if (target === undefined) {
    const message = `alias *${node.source} has no anchor &${node.source} before it`;
    find(
      walk,
      { code: "unknown_alias", message, suggestion: `write &${node.source} before the value to repeat` },
      offset,
      path,
    );
    return null;
  }
  if (walk.open.has(target)) {
    const message = `alias *${node.source} stands inside the value that it repeats`;
    find(walk, { code: "alias_cycle", message, suggestion: "write the value out" }, offset, path);
    return null;
  }
  walk.values--;
  walk.inAlias++;
  const value = jsonOf(walk, target, path, depth, keyOffset);
  walk.inAlias--;
  // A finding about the value itself belongs to where it is used; findings inside it, to where they are written.
  walk.offsets.set(path, { key: keyOffset, value: offset });
  return value;
}

function giveUp(walk: Walk, code: DocumentIssueCode, offset: number, path: string, message: string): null {
  walk.given = true;
  find(
    walk,
    { code, message: `${message}; nothing behind this place was read`, suggestion: "make the document smaller" },
    offset,
    path,
  );
  return null;
}

function find(walk: Walk, problem: ScalarProblem, offset: number, path: string): void {
  // An anchored value is walked again for each alias: one finding for one place is enough.
  if (walk.inAlias > 0 && walk.findings.some((known) => known.offset === offset && known.code === problem.code)) return;
  walk.findings.push({ ...problem, offset, path });
}

function keyNotString(key: YamlNode): ScalarProblem {
  const found = isScalar(key) ? String(key.value) : isAlias(key) ? `*${key.source}` : "a map or a list";
  return {
    code: "key_not_string",
    message: `a key must be a string; found ${found}`,
    suggestion: isScalar(key) ? `write "${found}" in quotes` : null,
  };
}

const forbiddenKey: ScalarProblem = {
  code: "forbidden_key",
  message: "no document may have the key __proto__: JavaScript readers would take it for something else",
  suggestion: "choose another key",
};

const mergeKey: ScalarProblem = {
  code: "merge_key",
  message: "the merge key << is not part of YAML 1.2",
  suggestion: "write the keys out, or inherit them from another template with extends",
};
