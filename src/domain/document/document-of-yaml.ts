import { isScalar } from "yaml";
import type { Issue } from "../../contract/issue.ts";
import type { ComposedDocument, OffsetFinding } from "./compose-yaml.ts";
import { jsonOfNode } from "./json-of-node.ts";
import type { Place, Reading } from "./placed-document.ts";

/** Whether nothing was written: no value, no tag, no anchor. A stray `---` makes such a document. */
export function isEmptyDocument(composed: ComposedDocument): boolean {
  const root = composed.contents;
  if (composed.errors.length > 0) return false;
  if (root === null || root === undefined) return true;
  return (
    isScalar(root) && root.source === "" && root.type === "PLAIN" && root.tag === undefined && root.anchor === undefined
  );
}

/** The JSON document that a composed YAML document stands for; a syntax error stops the reading. */
export function documentOfYaml(composed: ComposedDocument, lineOf: (offset: number) => Place): Reading {
  const syntax = syntaxFindings(composed);
  if (syntax.length > 0) return { document: null, issues: syntax.map((finding) => issueAt(finding, lineOf)) };
  const { value, offsets, findings } = jsonOfNode(composed.contents);
  if (findings.length > 0) return { document: null, issues: findings.map((finding) => issueAt(finding, lineOf)) };
  const place = (pointer: string, of: "key" | "value" = "value"): Place | null => {
    const found = offsets.get(pointer);
    if (found === undefined) return null;
    const offset = of === "key" ? found.key : found.value;
    return offset === null ? null : lineOf(offset);
  };
  return { document: { value, place }, issues: [] };
}

/** A finding with its offset turned into line and column. */
export function issueAt(finding: OffsetFinding, lineOf: (offset: number) => Place): Issue {
  const { code, path, message, suggestion } = finding;
  return { severity: "error", path, ...lineOf(finding.offset), code, message, suggestion };
}

/** One slip often makes many syntax errors; the first ones are those to mend. */
const syntaxErrorsShown = 20;

function syntaxFindings(composed: ComposedDocument): OffsetFinding[] {
  const yaml = composed.directives?.yaml;
  const findings: OffsetFinding[] = [];
  if (yaml?.explicit === true && yaml.version !== "1.2") {
    findings.push({
      code: "yaml_version",
      offset: Math.max(0, composed.range[0]),
      path: "",
      message: `the document asks for YAML ${yaml.version}; only YAML 1.2 is read`,
      suggestion: "remove the %YAML directive; quote yes, no, on and off if they are text",
    });
  }
  for (const error of composed.errors.slice(0, syntaxErrorsShown)) {
    findings.push({
      code: "yaml_syntax",
      offset: error.pos[0],
      path: "",
      message: `this is not YAML 1.2: ${error.message}`,
      suggestion: hints[error.code] ?? null,
    });
  }
  return findings;
}

/** What to do about the errors that authors meet most. */
const hints: Partial<Record<ComposedDocument["errors"][number]["code"], string>> = {
  TAB_AS_INDENT: "indent with spaces",
  BAD_INDENT: "give the keys of one map the same indentation",
  BLOCK_AS_IMPLICIT_KEY: "quote a text that holds a colon followed by a space",
  MULTILINE_IMPLICIT_KEY: "write the key on one line, with a colon and a space behind it",
  MISSING_CHAR: "close the bracket or the quote, or put a space behind the colon",
  BAD_SCALAR_START: "quote a text that starts with this character",
  BAD_DQ_ESCAPE: "write \\\\ for a backslash, or use single quotes",
};
