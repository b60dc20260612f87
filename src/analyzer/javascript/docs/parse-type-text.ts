import { parse } from "@babel/parser";
import type { TSType } from "@babel/types";
import { budgetedText } from "../syntax/read-budget.ts";
import type { JsdocTag } from "./read-jsdoc.ts";

/** A type as a JSDoc tag writes it. */
export interface JsdocType {
  /** Null when the text is no type; then anything is taken. */
  node: TSType | null;
  /** `{?string}`. */
  isNullable: boolean;
  /** `{string=}`. */
  isOptional: boolean;
  /** As written. */
  text: string;
}

/** Types longer than this are not read. */
const longestType = 2000;

/** Reads the type of a tag: TypeScript's syntax, with JSDoc's own `?T`, `!T`, `T=`, `*` and `Array.<T>`. Null when it has none. */
export function parseTypeText(tag: JsdocTag): JsdocType | null {
  if (tag.type === null) return null;
  const text = tag.type.trim();
  const isOptional = text.endsWith("=");
  const isNullable = text.startsWith("?");
  // Each piece keeps its length, so that places stay right.
  const plain = tag.type
    .replace(/^\s*[?!]/, (found) => " ".repeat(found.length))
    .replace(/=\s*$/, (found) => " ".repeat(found.length))
    .replaceAll(".<", " <")
    .replace(/^\s*\*\s*$/, "any");
  return { node: parseType(plain, tag.span.from), isNullable, isOptional, text };
}

const prefix = "type T=";

function parseType(text: string, at: number): TSType | null {
  if (text.length > longestType) return null;
  try {
    const startIndex = Math.max(0, at - prefix.length);
    const file = parse(budgetedText(prefix + text), { plugins: ["typescript"], sourceType: "module", startIndex });
    const [alias, ...others] = file.program.body;
    return alias?.type === "TSTypeAliasDeclaration" && others.length === 0 ? alias.typeAnnotation : null;
  } catch {
    // Whatever is wrong with it, it is no type: the caller says so.
    return null;
  }
}
