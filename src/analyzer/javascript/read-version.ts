import type { Expression } from "@babel/types";
import { version } from "../../contract/artifact/version.ts";
import type { Finding } from "../finding.ts";
import type { Jsdoc } from "./docs/read-jsdoc.ts";
import { readLiteral } from "./interface/read-literal.ts";
import { spanOf } from "./syntax/nodes.ts";

/** The version that an author asks for: `export const version`, else the first `@version` of a comment. */
export function readVersion(
  exported: Expression | null,
  docs: readonly (Jsdoc | null)[],
): { version: string | null; findings: Finding[] } {
  if (exported !== null) {
    const literal = readLiteral(exported);
    return checked(literal?.value, spanOf(exported));
  }
  const tag = docs.flatMap((one) => one?.tags ?? []).find((one) => one.tag === "version");
  return tag === undefined ? { version: null, findings: [] } : checked(tag.rest, tag.span);
}

function checked(value: unknown, span: Finding["span"]): { version: string | null; findings: Finding[] } {
  const parsed = version.safeParse(value);
  if (parsed.success) return { version: parsed.data, findings: [] };
  const found = typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : "not written out as a string";
  const finding: Finding = {
    stage: "docs",
    severity: "warning",
    code: "ignored_version",
    message: `the version is ${found}, which is no version, so the registry picks one`,
    suggestion: "write MAJOR.MINOR.PATCH as a string, like 1.2.0",
    span,
    path: "",
  };
  return { version: null, findings: [finding] };
}
