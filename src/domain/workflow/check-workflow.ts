import { type WorkflowDocument, workflowDocument, workflowMetadata } from "../../contract/workflow/document.ts";
import { suggestVersion } from "../artifact/suggest-version.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import type { PlacedDocument } from "../document/placed-document.ts";
import { type SettledFindings, settleFindings } from "../document/settle-findings.ts";
import { similarKeys } from "../document/similar-keys.ts";
import { errorAt, type Finding, warningAt } from "../template/check-finding.ts";
import { checkKeys } from "../template/check-keys.ts";
import { checkShape, wrongType } from "../template/check-shape.ts";
import { quote } from "../template/value/show-value.ts";
import { checkSteps } from "./check-steps.ts";

/** What checking a workflow gives. `workflow` is null when there is an error. */
export interface CheckedWorkflow extends Pick<SettledFindings, "issues" | "issueCount"> {
  workflow: WorkflowDocument | null;
}

/** Checks a workflow's document, and reports all findings together. `as` says the name that it is published under, where one is told. */
export function checkWorkflow(document: PlacedDocument, as: { name: string | null }): CheckedWorkflow {
  const root = document.value;
  if (!isMap(root)) {
    const expected = "a map with the keys metadata and steps";
    return { ...settleFindings([wrongType("", expected, root)], document), workflow: null };
  }
  const findings = [
    ...checkKeys(root, workflowKeys, ""),
    ...checkMetadata(root, as.name),
    ...checkSteps(own(root, "steps")),
    ...["inputs", "outputs", "error_handling"].flatMap((key) => checkMap(root, key)),
  ];
  const { isRefused, ...settled } = settleFindings(findings, document);
  return { ...settled, workflow: isRefused ? null : workflowDocument.parse(root) };
}

/** What a workflow says of itself, as far as it can be read. */
export function workflowHeader(document: PlacedDocument): { id: string | null; version: string | null } {
  const metadata = isMap(document.value) ? own(document.value, "metadata") : undefined;
  const parsed = workflowMetadata.pick({ id: true }).safeParse(metadata);
  const given = isMap(metadata) ? own(metadata, "version") : undefined;
  return {
    id: parsed.success ? parsed.data.id : null,
    version: typeof given === "string" ? given.slice(0, 100) : null,
  };
}

const workflowKeys = Object.keys(workflowDocument.shape);
const metadataKeys = Object.keys(workflowMetadata.shape);

function checkMetadata(root: JsonMap, expected: string | null): Finding[] {
  const metadata = own(root, "metadata");
  if (metadata === undefined) {
    const suggestion = "add metadata with id, name and version";
    return [errorAt("missing_key", "/metadata", "the key metadata is missing", suggestion, "key")];
  }
  if (!isMap(metadata)) return [wrongType("/metadata", "a map with id, name and version", metadata)];
  const findings = checkShape(workflowMetadata, metadata, "/metadata").map((finding) => mended(finding, metadata));
  const id = own(metadata, "id");
  if (typeof id === "string" && expected !== null && id !== expected) {
    const message = `the document says ${quote(id)}, and is published as ${quote(expected)}`;
    const suggestion = `publish it under ${id}, or write ${expected} here`;
    findings.push(errorAt("name_differs", "/metadata/id", message, suggestion));
  }
  findings.push(...similarKeys(metadata, metadataKeys, "/metadata"));
  if (!Object.hasOwn(metadata, "description")) {
    const message = "the workflow has no description: people and agents choose by it";
    findings.push(warningAt("no_description", "/metadata/description", message, "add a description", "key"));
  }
  return findings;
}

function mended(finding: Finding, metadata: JsonMap): Finding {
  const meant = finding.path === "/metadata/version" ? suggestVersion(own(metadata, "version") ?? null) : null;
  return meant === null ? finding : { ...finding, suggestion: `write "${meant}"` };
}

function checkMap(root: JsonMap, key: string): Finding[] {
  const found: JsonValue | undefined = own(root, key);
  return found === undefined || isMap(found) ? [] : [wrongType(`/${key}`, "a map", found)];
}
