import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import { abstractTemplate, concreteTemplate, type Template } from "../../contract/template/document.ts";
import { canonicalBytes } from "../document/canonical-digest.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import type { PlacedDocument } from "../document/placed-document.ts";
import { checkExamples } from "./check-examples.ts";
import { errorAt, extendsPath, type Finding, placeFindings } from "./check-finding.ts";
import { checkHeader, templatePath } from "./check-header.ts";
import { checkInterface } from "./check-interface.ts";
import { checkKeys } from "./check-keys.ts";
import { checkRequirements } from "./check-requirements.ts";
import { checkShape, wrongType } from "./check-shape.ts";
import { flattenTemplate, withoutRemovals } from "./flatten-template.ts";
import { checkIdentity, type ParentReference } from "./template-header.ts";

/** What checking a template gives. */
export interface CheckedTemplate {
  /** Errors and warnings in the order of the source, `limits.issues` at most; errors are kept before warnings. */
  issues: Issue[];
  /** How many there are. */
  issueCount: number;
  /** Flattened, with the contract's defaults and without `extends`; null when there is an error. */
  template: Template | null;
}

/**
 * Checks a template document by every rule, and reports all findings together. `parent` is the flattened template that `extends`
 * chose; null when there is no `extends` or its parent was not found.
 */
export function checkTemplate(document: PlacedDocument, parent: Template | null): CheckedTemplate {
  const root = document.value;
  if (!isMap(root)) return checked(document, root, [wrongType("", "a map with the key template", root)], null);
  const findings = checkKeys(root, ["template"], "");
  const written = own(root, "template");
  if (written === undefined) {
    const suggestion = "put everything under the key template";
    findings.push(errorAt("missing_key", templatePath, "the key template is missing", suggestion, "key"));
  } else if (!isMap(written)) findings.push(wrongType(templatePath, "a map with the template's keys", written));
  if (!isMap(written)) return checked(document, root, findings, null);
  const identity = checkIdentity(written);
  findings.push(...identity.findings);
  const isExtending = Object.hasOwn(written, "extends");
  const flat = flatten(written, isExtending ? parent : null, identity.extends, isExtending);
  findings.push(...flat.findings, ...checkParts(flat.value, flat.completeness));
  return checked(document, { template: flat.value }, findings, flat.value);
}

/** A template as it is checked. `orphan`: its parent is not at hand. */
interface Flattened {
  value: JsonMap;
  findings: Finding[];
  completeness: "whole" | "abstract" | "orphan";
}

function flatten(
  written: JsonMap,
  parent: Template | null,
  reference: ParentReference | null,
  isExtending: boolean,
): Flattened {
  const completeness = own(written, "abstract") === true ? "abstract" : "whole";
  if (parent !== null) return { ...flattenTemplate(parent, written), completeness };
  if (!isExtending) return { value: written, findings: [], completeness };
  const findings = reference === null ? [] : [parentNotFound(reference)];
  return { value: withoutRemovals(written), findings, completeness: "orphan" };
}

function parentNotFound(reference: ParentReference): Finding {
  const message = `extends asks for ${reference.name}@${reference.selector}, which was not found`;
  return errorAt("parent_not_found", extendsPath, message, "publish the parent first, or mend its name or selector");
}

function checkParts(template: JsonMap, completeness: Flattened["completeness"]): Finding[] {
  const isPartial = completeness !== "whole";
  const declared = checkInterface(template, isPartial);
  const findings = [
    ...checkHeader(template, isPartial),
    ...declared.findings,
    ...checkRequirements(template, declared.inputs, isPartial),
  ];
  // What an orphan lacks its parent may have: only what is wrong in itself is said, and examples cannot be judged.
  if (completeness === "orphan") return findings.filter((finding) => !mendedByParent.has(finding.code));
  return [...findings, ...checkExamples(template, declared, isPartial)];
}

const mendedByParent: ReadonlySet<Finding["code"]> = new Set<Finding["code"]>([
  "missing_key",
  "missing_type",
  "required_unknown_property",
  "no_description",
  "no_outputs",
  "quality_without_preset",
  "preset_not_in_quality",
]);

function checked(
  document: PlacedDocument,
  flattened: JsonValue,
  found: readonly Finding[],
  value: JsonMap | null,
): CheckedTemplate {
  let findings = [...found];
  let template: Template | null = null;
  if (value !== null && !findings.some(isError)) {
    const parsed = parseTemplate(value);
    findings = [...findings, ...parsed.findings];
    template = parsed.template;
  }
  const issues = placeFindings(mostImportant(findings), document, flattened);
  return { issues, issueCount: findings.length, template };
}

function parseTemplate(value: JsonMap): { findings: Finding[]; template: Template | null } {
  const { extends: _, ...own } = value;
  const schema = own.abstract === true ? abstractTemplate : concreteTemplate;
  const sizeBytes = canonicalBytes({ template: own }).length;
  if (sizeBytes > limits.flattenedDocumentBytes) {
    const message = `with its parents merged in the template has ${sizeBytes} bytes; ${limits.flattenedDocumentBytes} are allowed`;
    return { findings: [errorAt("flattened_too_large", templatePath, message, "inherit less", "key")], template: null };
  }
  const parsed = schema.safeParse(own);
  // The parts were checked one by one; this is the net below them, should a key of the contract have no check of its own.
  return parsed.success
    ? { findings: [], template: parsed.data }
    : { findings: checkShape(schema, own, templatePath), template: null };
}

function mostImportant(findings: readonly Finding[]): Finding[] {
  if (findings.length <= limits.issues) return [...findings];
  return [...findings.filter(isError), ...findings.filter((finding) => !isError(finding))].slice(0, limits.issues);
}

function isError(finding: Finding): boolean {
  return finding.severity === "error";
}
