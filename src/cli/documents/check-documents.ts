import type { Client } from "../../client/create-client.ts";
import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import type { Template } from "../../contract/template/document.ts";
import { checkAgent } from "../../domain/agent/check-agent.ts";
import type { DocumentKind } from "../../domain/document/kind-of-document.ts";
import type { ReadDocument } from "../../domain/document/read-document.ts";
import { checkTemplate } from "../../domain/template/check-template.ts";
import { orderByParent } from "../../domain/template/order-by-parent.ts";
import { checkWorkflow } from "../../domain/workflow/check-workflow.ts";
import { type CheckedVersion, findParent } from "./find-parent.ts";
import { moveIssue, type SourceDocument } from "./read-documents.ts";

/** What checking a document found, and the flattened template when nothing refuses it. */
export interface CheckedDocument {
  source: SourceDocument;
  issues: Issue[];
  template: Template | null;
  /** Documents in its chain of `extends`, itself included, as far as they are known here. */
  chainLength: number;
}

/**
 * Checks documents by the rules that the registry has. Parents are looked for among the documents themselves, then in the
 * registry when there is a `client`; a document whose parent is nowhere is checked as far as it goes alone, with a warning.
 */
export async function checkDocuments(
  sources: readonly SourceDocument[],
  client: Client | null,
): Promise<CheckedDocument[]> {
  const { order, cycles } = orderByParent(
    sources.flatMap(({ kind, header }, index) =>
      kind !== "template" || header.id === null || header.version === null
        ? []
        : [{ index, id: header.id, version: header.version, extends: header.extends }],
    ),
  );
  const ordered = new Set(order);
  const rest = sources.map((_, index) => index).filter((index) => !ordered.has(index));
  const known: CheckedVersion[] = [];
  const results = new Map<number, CheckedDocument>();
  for (const index of [...order, ...rest]) {
    const source = sources[index];
    if (source === undefined) continue;
    const cycle = ordered.has(index) ? undefined : cycles.find((ids) => ids.includes(source.header.id ?? ""));
    const checked = await checkOne(source, known, client, cycle ?? null);
    results.set(index, checked);
    const { id, version } = source.header;
    if (source.kind !== "template" || source.document === null || id === null || version === null) continue;
    known.push({
      id,
      version,
      value: source.document.value,
      template: checked.template,
      chainLength: checked.chainLength,
    });
  }
  return sources.flatMap((_, index) => results.get(index) ?? []);
}

async function checkOne(
  source: SourceDocument,
  known: readonly CheckedVersion[],
  client: Client | null,
  cycle: readonly string[] | null,
): Promise<CheckedDocument> {
  if (source.header.extends === null) return checkAgainst(source, null, 1, null);
  if (cycle !== null) {
    const message = `the documents extend each other: ${cycle.join(" → ")}`;
    return checkAgainst(source, null, 1, { severity: "error", code: "extends_cycle", message });
  }
  const parent = await findParent(source.header.extends, known, client);
  if (!parent.found) {
    return checkAgainst(source, null, 1, { severity: parent.severity, code: parent.code, message: parent.message });
  }
  const chainLength = parent.chainLength + 1;
  if (chainLength <= limits.inheritanceDepth) return checkAgainst(source, parent.template, chainLength, null);
  const message = `the chain of extends is ${chainLength} documents long; ${limits.inheritanceDepth} are allowed, the child included`;
  return checkAgainst(source, null, chainLength, { severity: "error", code: "parent_not_found", message });
}

function checkByKind(
  kind: DocumentKind,
  document: ReadDocument,
  parent: Template | null,
): { issues: Issue[]; template: Template | null } {
  switch (kind) {
    case "template":
      return checkTemplate(document, parent);
    case "agent":
      return { issues: checkAgent(document, { name: null }).issues, template: null };
    case "workflow":
      return { issues: checkWorkflow(document, { name: null }).issues, template: null };
  }
}

type AboutParent = Pick<Issue, "severity" | "code" | "message">;

function checkAgainst(
  source: SourceDocument,
  parent: Template | null,
  chainLength: number,
  aboutParent: AboutParent | null,
): CheckedDocument {
  const { document, kind } = source;
  if (document === null || kind === null) return { source, issues: source.issues, template: null, chainLength };
  const { issues, template } = checkByKind(kind, document, parent);
  const told = issues.map((found) =>
    // Without a parent the rules say only that there is none; here it is known why, and whether that is an error.
    found.code === "parent_not_found" && aboutParent !== null ? { ...found, suggestion: null, ...aboutParent } : found,
  );
  return {
    source,
    issues: [...source.issues, ...told.map((found) => moveIssue(found, source.firstLine - 1))],
    template: aboutParent === null ? template : null,
    chainLength,
  };
}
