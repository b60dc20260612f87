import type { Failure } from "../../contract/failure.ts";
import type { WorkflowMetadata } from "../../contract/workflow/document.ts";
import type { Candidate, CatalogueFacts } from "../../domain/registration/candidate.ts";
import { type Result, success } from "../../domain/result.ts";
import { checkWorkflow, workflowHeader } from "../../domain/workflow/check-workflow.ts";
import { documentCandidate } from "../artifact/document-candidate.ts";
import type { DocumentKind } from "../artifact/document-kind.ts";
import { refuseDocument } from "../artifact/refuse-document.ts";
import type { DocumentSource } from "../registration/document-source.ts";

/** Turns a workflow's document into a candidate, or into all that is wrong with it. `as` is meant as for agents (`prepareAgent`). */
export function prepareWorkflow(source: DocumentSource, as: { name: string | null }): Result<Candidate, Failure> {
  const { document, issues: readIssues } = source.reading;
  if (document === null) return refuseDocument(null, readIssues, readIssues.length);
  const { workflow, issues: ruleIssues, issueCount } = checkWorkflow(document, as);
  const issues = [...readIssues, ...ruleIssues];
  if (workflow === null) {
    const id = as.name ?? workflowHeader(document).id;
    return refuseDocument(id === null ? null : `workflow ${id}`, issues, readIssues.length + issueCount);
  }
  const { metadata } = workflow;
  const told = { name: metadata.id, facts: factsOf(metadata), skills: [], issues };
  return success({ ...documentCandidate(source, document, { kind: "workflow", ...told }), version: metadata.version });
}

/** How workflows are registered. */
export const workflowKind: DocumentKind = { prepare: prepareWorkflow, header: workflowHeader };

function factsOf(metadata: WorkflowMetadata): CatalogueFacts {
  return {
    title: metadata.name,
    description: metadata.description ?? null,
    category: metadata.category ?? null,
    author: metadata.author ?? null,
    keywords: metadata.tags ?? [],
    runtime: "workflow",
    gpu: false,
    abstract: false,
  };
}
