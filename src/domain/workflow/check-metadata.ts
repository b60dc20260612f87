import { workflowMetadata } from "../../contract/workflow/document.ts";
import { suggestVersion } from "../artifact/suggest-version.ts";
import { isMap, type JsonMap, own } from "../document/json-value.ts";
import { errorAt, type Finding, warningAt } from "../template/check-finding.ts";
import { checkShape, wrongType } from "../template/check-shape.ts";
import { quote } from "../template/value/show-value.ts";
import { strangeKeys } from "./step-keys.ts";

/** What is wrong with what a workflow says of itself. `expected` is the name that it is published under, where one is told. */
export function checkMetadata(root: JsonMap, expected: string | null): Finding[] {
  const metadata = own(root, "metadata");
  if (metadata === undefined) {
    const suggestion = "add metadata with id, name and version";
    return [errorAt("missing_key", "/metadata", "the key metadata is missing", suggestion, "key")];
  }
  if (!isMap(metadata)) return [wrongType("/metadata", "a map with id, name and version", metadata)];
  const findings = checkShape(workflowMetadata.partial().loose(), metadata, "/metadata");
  return [
    ...strangeKeys(metadata, metadataKeys, "/metadata", homes),
    ...missingKeys(metadata),
    ...findings.map((finding) => mended(finding, metadata)),
    ...checkName(metadata, expected),
    ...checkDescription(metadata),
  ];
}

const metadataKeys = Object.keys(workflowMetadata.shape);

const homes: Record<string, string> = {
  steps: "the document's root",
  inputs: "the document's root",
  outputs: "the document's root",
  error_handling: "the document's root",
};

function missingKeys(metadata: JsonMap): Finding[] {
  return ["id", "name", "version"]
    .filter((key) => own(metadata, key) === undefined)
    .map((key) => errorAt("missing_key", `/metadata/${key}`, `the key ${key} is missing`, `add ${key}`, "key"));
}

function mended(finding: Finding, metadata: JsonMap): Finding {
  const meant = finding.path === "/metadata/version" ? suggestVersion(own(metadata, "version") ?? null) : null;
  return meant === null ? finding : { ...finding, suggestion: `write "${meant}"` };
}

function checkName(metadata: JsonMap, expected: string | null): Finding[] {
  const id = own(metadata, "id");
  if (typeof id !== "string" || expected === null || id === expected) return [];
  const message = `the document says ${quote(id)}, and is published as ${quote(expected)}`;
  return [errorAt("name_differs", "/metadata/id", message, `publish it under ${id}, or write ${expected} here`)];
}

function checkDescription(metadata: JsonMap): Finding[] {
  if (Object.hasOwn(metadata, "description")) return [];
  const message = "the workflow has no description: people and agents choose by it";
  return [warningAt("no_description", "/metadata/description", message, "add a description", "key")];
}
