import { templateName } from "../../contract/artifact/name.ts";
import { latestTag } from "../../contract/artifact/tag.ts";
import { version } from "../../contract/artifact/version.ts";
import type { Issue } from "../../contract/issue.ts";
import { parseSelector, splitReference } from "../artifact/parse-reference.ts";
import { isMap, type JsonMap, own } from "../document/json-value.ts";
import type { PlacedDocument } from "../document/placed-document.ts";
import { errorAt, extendsPath, type Finding, placeFindings } from "./check-finding.ts";
import { checkShape, wrongType } from "./check-shape.ts";
import { quote } from "./value/show-value.ts";

/** Which parent a template extends; `selector` is `latest` when the reference has none. */
export interface ParentReference {
  name: string;
  selector: string;
}

/** What is needed of a template to order a batch and to find its parent. A part with an issue is null. */
export interface TemplateHeader {
  id: string | null;
  version: string | null;
  extends: ParentReference | null;
  issues: Issue[];
}

/** Reads the header of a template; `checkTemplate` reports the same issues again among its own. */
export function templateHeader(document: PlacedDocument): TemplateHeader {
  const root = isMap(document.value) ? own(document.value, "template") : undefined;
  const template = isMap(root) ? root : {};
  const identity = checkIdentity(template);
  return {
    id: identity.id,
    version: identity.version,
    extends: identity.extends,
    issues: placeFindings(identity.findings, document, document.value),
  };
}

/** Id, version and parent of a template, and what is wrong with them. */
export function checkIdentity(template: JsonMap): Omit<TemplateHeader, "issues"> & { findings: Finding[] } {
  const findings: Finding[] = [];
  const id = textOf(template, "id", templateName, findings);
  const ownVersion = textOf(template, "version", version, findings);
  const parent = Object.hasOwn(template, "extends") ? parentOf(template, findings) : null;
  return { id, version: ownVersion, extends: parent, findings };
}

function textOf(
  template: JsonMap,
  key: "id" | "version",
  schema: typeof templateName,
  findings: Finding[],
): string | null {
  const path = `/template/${key}`;
  const found = own(template, key);
  if (found === undefined) {
    findings.push(errorAt("missing_key", path, `the key ${key} is missing`, `add ${key}`, "key"));
    return null;
  }
  const problems = checkShape(schema, found, path);
  const isVersionNumber = key === "version" && typeof found === "number";
  const suggestion = "write all three numbers, like 1.0.0";
  findings.push(...problems.map((problem) => (isVersionNumber ? { ...problem, suggestion } : problem)));
  return problems.length === 0 && typeof found === "string" ? found : null;
}

function parentOf(template: JsonMap, findings: Finding[]): ParentReference | null {
  const text = own(template, "extends") ?? null;
  if (typeof text !== "string") {
    findings.push(wrongType(extendsPath, "a string, name or name@selector", text));
    return null;
  }
  const { name, selector } = splitReference(text);
  const problem = referenceProblem(name, selector);
  if (problem === null) return { name, selector: selector ?? latestTag };
  const message = `extends ${quote(text)} is no reference to a template: ${problem}`;
  findings.push(
    errorAt("parent_reference_invalid", extendsPath, message, "write name or name@selector, like base@^1.2"),
  );
  return null;
}

function referenceProblem(name: string, selector: string | null): string | null {
  const named = templateName.safeParse(name);
  if (!named.success) return named.error.issues.map((issue) => issue.message).join("; ");
  const parsed = selector === null ? null : parseSelector(selector);
  return parsed === null || parsed.ok ? null : parsed.failure.message;
}
