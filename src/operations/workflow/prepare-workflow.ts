import { loadVersionRow } from "../../bindings/d1/artifact/version-row.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import type { WorkflowDocument, WorkflowMetadata } from "../../contract/workflow/document.ts";
import type { LockedSkill } from "../../contract/workflow/locked-skill.ts";
import { canonicalDigest } from "../../domain/document/canonical-digest.ts";
import type { JsonValue } from "../../domain/document/json-value.ts";
import type { PlacedDocument } from "../../domain/document/placed-document.ts";
import type { Candidate, CatalogueFacts } from "../../domain/registration/candidate.ts";
import { type Result, success } from "../../domain/result.ts";
import { callableWorkflow } from "../../domain/workflow/callable-workflow.ts";
import { checkWorkflow, workflowHeader } from "../../domain/workflow/check-workflow.ts";
import type { KnownSkills } from "../../domain/workflow/skill-interface.ts";
import { skillsIn } from "../../domain/workflow/skills-of.ts";
import { documentCandidate } from "../artifact/document-candidate.ts";
import { refuseDocument } from "../artifact/refuse-document.ts";
import type { DocumentSource } from "../registration/document-source.ts";
import { AssumedSkills } from "./assumed-skills.ts";
import { loadInterfaces, locksOf } from "./known-skills.ts";
import { resolveSkills } from "./resolve-skills.ts";

export interface PrepareWorkflowNeeds {
  db: D1Database;
  blobs: R2Bucket;
}

/** What a document is prepared as. */
export interface PreparedAs {
  /** The name that it is published under, where one is told. */
  name: string | null;
  /** It was published elsewhere before: what its steps give skills that are others by now is no reason to refuse it. */
  isCopy?: boolean;
  /** What a dry run takes for published. */
  assumed?: AssumedSkills;
}

/**
 * Turns a workflow's document into a candidate, or into all that is wrong with it: what its steps give their skills too, by who answers to these
 * now. A version that is published already stays what it is, whatever became of its skills.
 */
export async function prepareWorkflow(
  needs: PrepareWorkflowNeeds,
  source: DocumentSource,
  { name, isCopy = false, assumed = new AssumedSkills() }: PreparedAs,
): Promise<Result<Candidate, Failure>> {
  const { document, issues: readIssues } = source.reading;
  if (document === null) return refuseDocument(null, readIssues, readIssues.length);
  const { known, calls } = await lookUpSkills(needs, document.value, assumed);
  const checked = checkWorkflow(document, { name, skills: known });
  const alone = checked.workflow ?? checkWorkflow(document, { name }).workflow;
  const isTaken =
    checked.workflow !== null || (alone !== null && (isCopy || (await isPublished(needs.db, document, alone))));
  const ruleIssues = isTaken ? checked.issues.map(asWarning) : checked.issues;
  const issues = [...readIssues, ...ruleIssues];
  if (alone === null || !isTaken) {
    const id = name ?? workflowHeader(document).id;
    return refuseDocument(id === null ? null : `workflow ${id}`, issues, readIssues.length + checked.issueCount);
  }
  const { metadata } = alone;
  const told = { name: metadata.id, facts: factsOf(metadata), skills: [], issues };
  const candidate = documentCandidate(source, document, { kind: "workflow", ...told });
  return success({ ...candidate, version: metadata.version, callable: callableWorkflow(alone), calls });
}

async function isPublished(
  db: D1Database,
  { value }: PlacedDocument,
  { metadata }: WorkflowDocument,
): Promise<boolean> {
  const row = await loadVersionRow(db, "workflow", metadata.id, metadata.version);
  return row !== null && row.state !== "deleted" && row.digest === canonicalDigest(value);
}

function asWarning(issue: Issue): Issue {
  return { ...issue, severity: "warning" };
}

async function lookUpSkills(
  needs: PrepareWorkflowNeeds,
  root: JsonValue,
  assumed: AssumedSkills,
): Promise<{ known: KnownSkills; calls: LockedSkill[] }> {
  const texts = new Set(skillsIn(root).flatMap(({ text }) => text ?? []));
  const resolved = await resolveSkills(needs, [...texts].slice(0, limits.skillsPerRun));
  const known = await loadInterfaces(needs.blobs, resolved);
  const calls = locksOf(resolved).map((lock) => {
    const answer = assumed.answering(lock.skill, lock.pin);
    if (answer === null) return lock;
    known.set(lock.skill, answer.skill);
    return answer.lock;
  });
  return { known, calls };
}

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
