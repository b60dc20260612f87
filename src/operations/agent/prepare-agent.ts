import type { AgentCard } from "../../contract/agent/card.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { agentHeader, checkAgent } from "../../domain/agent/check-agent.ts";
import type { Candidate, CatalogueFacts, UnversionedCandidate } from "../../domain/registration/candidate.ts";
import { type Result, success } from "../../domain/result.ts";
import { documentCandidate } from "../artifact/document-candidate.ts";
import type { DocumentKind } from "../artifact/document-kind.ts";
import { refuseDocument } from "../artifact/refuse-document.ts";
import type { DocumentSource } from "../registration/document-source.ts";

/**
 * Turns a card into a candidate that every rule accepts, or into all that is wrong with it. `as.name` is the name of where it is put, where
 * that tells one: then the card need not say it, and must not say another.
 */
export function prepareAgent(
  source: DocumentSource,
  as: { name: string | null },
): Result<Candidate | UnversionedCandidate, Failure> {
  const { document, issues: readIssues } = source.reading;
  if (document === null) return refuseDocument(null, readIssues, readIssues.length);
  const { card, issues: ruleIssues, issueCount } = checkAgent(document, as);
  const issues = [...readIssues, ...ruleIssues];
  if (card === null) {
    const id = as.name ?? agentHeader(document).id;
    return refuseDocument(id === null ? null : `agent ${id}`, issues, readIssues.length + issueCount);
  }
  const { name, value } = card;
  const skills = value.skills.map((skill) => skill.id);
  const unversioned = documentCandidate(source, document, {
    kind: "agent",
    name,
    facts: factsOf(value),
    skills,
    issues,
  });
  return success(value.version === undefined ? unversioned : { ...unversioned, version: value.version });
}

/** How agents are registered. */
export const agentKind: DocumentKind = {
  prepare: async (source, as) => prepareAgent(source, as),
  header: agentHeader,
  needsOf: () => [],
  assume: () => undefined,
};

function factsOf(card: AgentCard): CatalogueFacts {
  const tags = card.skills.flatMap((skill) => skill.tags ?? []).map((tag) => tag.trim().toLowerCase().slice(0, 50));
  return {
    title: card.name,
    description: card.description ?? null,
    category: null,
    author: card.provider?.organization ?? null,
    keywords: [...new Set(tags.filter((tag) => tag !== ""))].slice(0, limits.keywords),
    runtime: "agent",
    gpu: false,
    abstract: false,
  };
}
