import type { ParentPin } from "../../contract/artifact/published.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Issue } from "../../contract/issue.ts";
import type { Template } from "../../contract/template/document.ts";
import { canonicalBytes, digestOfBytes } from "../../domain/document/canonical-digest.ts";
import type { PlacedDocument } from "../../domain/document/placed-document.ts";
import type { Candidate, CatalogueFacts } from "../../domain/registration/candidate.ts";
import { type Result, success } from "../../domain/result.ts";
import { checkTemplate } from "../../domain/template/check-template.ts";
import { templateHeader } from "../../domain/template/template-header.ts";
import { refuseDocument } from "../artifact/refuse-document.ts";
import type { DocumentSource } from "../registration/document-source.ts";
import type { FindParent } from "./find-parent.ts";

/** Turns what an author sent into a candidate that every rule accepts, or into all that is wrong with it. */
export async function prepareTemplate(
  findParent: FindParent,
  source: DocumentSource,
): Promise<Result<Candidate, Failure>> {
  const { document } = source.reading;
  if (document === null) return refuseDocument(null, source.reading.issues, source.reading.issues.length);

  const header = templateHeader(document);
  const what = header.id === null ? null : `template ${header.id}`;
  let pin: ParentPin | null = null;
  let parent: Template | null = null;
  if (header.extends !== null) {
    const found = await findParent(header.extends);
    if (!found.ok) return refuseDocument(what, [parentIssue(document, found.failure)], 1);
    pin = found.value.pin;
    parent = found.value.template;
  }

  const checked = checkTemplate(document, parent);
  const issues = [...source.reading.issues, ...checked.issues];
  if (checked.template === null) return refuseDocument(what, issues, checked.issueCount + source.reading.issues.length);
  return success(candidateOf(source, document, checked.template, pin, issues));
}

function candidateOf(
  source: DocumentSource,
  document: PlacedDocument,
  template: Template,
  parent: ParentPin | null,
  issues: Issue[],
): Candidate {
  const canonical = canonicalBytes(document.value);
  const flattened = new TextEncoder().encode(JSON.stringify({ template }));
  return {
    kind: "template",
    name: template.id,
    version: template.version,
    digest: digestOfBytes(canonical),
    source: {
      bytes: source.bytes,
      digest: digestOfBytes(source.bytes),
      mediaType: source.mediaType,
      file: source.file,
    },
    canonical,
    flattened: { bytes: flattened, digest: digestOfBytes(flattened) },
    parent,
    callable: template,
    analysis: null,
    code: null,
    skills: [],
    calls: [],
    push: null,
    facts: factsOf(template),
    issues,
  };
}

function factsOf(template: Template): CatalogueFacts {
  return {
    title: template.name ?? null,
    description: template.description ?? null,
    category: template.category ?? null,
    author: template.author ?? null,
    keywords: template.tags ?? [],
    runtime: template.execution?.runtime ?? "runner",
    gpu: template.requirements?.resources?.gpu ?? false,
    abstract: template.abstract ?? false,
  };
}

function parentIssue(document: PlacedDocument, why: string): Issue {
  const path = "/template/extends";
  const place = document.place(path, "value");
  return {
    severity: "error",
    path,
    line: place?.line ?? null,
    column: place?.column ?? null,
    code: "parent_not_found",
    message: `the parent cannot be used: ${why}`,
    suggestion: "publish the parent first, or in the same batch",
  };
}
