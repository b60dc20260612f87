import { agentHeader, type CheckedAgent, checkAgent } from "../../../src/domain/agent/check-agent.ts";
import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";
import type { PlacedDocument } from "../../../src/domain/document/placed-document.ts";
import { readDocument } from "../../../src/domain/document/read-document.ts";

/** A card that is accepted without a warning; a test states only what matters to it. */
export function aCard(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: "Plan Agent",
    description: "Plans work.",
    url: "http://localhost:8001",
    version: "1.0.0",
    skills: [{ id: "plan", name: "Plan", description: "Makes a plan.", tags: ["planning"] }],
    ...parts,
  };
}

export function checkCard(parts: Record<string, unknown>, name: string | null = null): CheckedAgent {
  return checkAgent(placed(documentOfValue(aCard(parts)).document), { name });
}

/** What checking a card finds: code and path of each. */
export function findingsOf(parts: Record<string, unknown>, name: string | null = null): [string, string][] {
  return checkCard(parts, name).issues.map((issue) => [issue.code, issue.path]);
}

export function checkCardText(text: string): CheckedAgent {
  return checkAgent(placed(readDocument(text).document), { name: null });
}

export function headerOf(parts: Record<string, unknown>): ReturnType<typeof agentHeader> {
  return agentHeader(placed(documentOfValue(aCard(parts)).document));
}

function placed(document: PlacedDocument | null): PlacedDocument {
  if (document === null) throw new Error("the test's own document cannot be read");
  return document;
}
