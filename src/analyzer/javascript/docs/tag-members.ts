import { type Member, type Type, written } from "../types/type-reading.ts";
import { jsdocNames } from "./jsdoc-names.ts";
import { parseTypeText } from "./parse-type-text.ts";
import type { JsdocTag } from "./read-jsdoc.ts";

/** One level of names that tags describe: `size`, with `size.width` below it. */
interface Branch {
  tag: JsdocTag | null;
  inner: Map<string, Branch>;
}

/** The properties that tags like `@property {string} name` describe; `a.b` is the property `b` of `a`. */
export function membersOfTags(tags: readonly JsdocTag[], root: string | null = null): Member[] {
  const tree = new Map<string, Branch>();
  for (const tag of tags) {
    const path = tag.name.split(".").slice(0, deepestName);
    const names = root === null ? path : path.slice(1);
    if (root !== null && path[0] !== root) continue;
    // Properties of the items of a list, `list[].name`, can stand in no place of their own.
    if (names.length === 0 || names.some((name) => name === "" || name.includes("["))) continue;
    plant(tree, names, tag);
  }
  return [...tree].map(([name, branch]) => memberOf(name, branch));
}

const deepestName = 8;

function plant(tree: Map<string, Branch>, names: readonly string[], tag: JsdocTag): void {
  let level = tree;
  for (const [index, name] of names.entries()) {
    const branch = level.get(name) ?? { tag: null, inner: new Map<string, Branch>() };
    level.set(name, branch);
    if (index === names.length - 1) branch.tag = tag;
    level = branch.inner;
  }
}

function memberOf(name: string, { tag, inner }: Branch): Member {
  const parsed = tag === null ? null : parseTypeText(tag);
  const span = tag?.span ?? firstSpan(inner) ?? { from: 0, to: 0 };
  const members = [...inner].map(([one, branch]) => memberOf(one, branch));
  return {
    name,
    type: typeOf(members, parsed?.node ?? null, span),
    isOptional: tag?.isOptional === true || parsed?.isOptional === true,
    isNullable: parsed?.isNullable === true,
    docs: null,
    text: tag === null || tag.text === "" ? null : tag.text,
    defaultText: tag?.default ?? null,
    span,
  };
}

function typeOf(members: Member[], node: Parameters<typeof written>[0] | null, span: Member["span"]): Type {
  if (members.length > 0) return { kind: "members", members, span };
  return node === null ? { kind: "untyped", span } : written(node, jsdocNames);
}

function firstSpan(branches: ReadonlyMap<string, Branch>): Member["span"] | null {
  for (const { tag } of branches.values()) if (tag !== null) return tag.span;
  return null;
}
