import { type AgentCard, agentCard } from "../../contract/agent/card.ts";
import { agentSkill } from "../../contract/agent/skill.ts";
import { artifactName } from "../../contract/artifact/name.ts";
import { limits } from "../../contract/limits.ts";
import { suggestVersion } from "../artifact/suggest-version.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import type { PlacedDocument } from "../document/placed-document.ts";
import { type SettledFindings, settleFindings } from "../document/settle-findings.ts";
import { similarKeys } from "../document/similar-keys.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding, warningAt } from "../template/check-finding.ts";
import { checkCount, checkShape, wrongType } from "../template/check-shape.ts";
import { quote } from "../template/value/show-value.ts";
import { agentNameOf } from "./agent-name.ts";

/** What checking an agent card gives. `card` is null when there is an error. */
export interface CheckedAgent extends Pick<SettledFindings, "issues" | "issueCount"> {
  card: { name: string; value: AgentCard } | null;
}

/** Checks an agent card by every rule, and reports all findings together. `as` says the name that it is published under, where one is told. */
export function checkAgent(document: PlacedDocument, as: { name: string | null }): CheckedAgent {
  const root = document.value;
  if (!isMap(root)) {
    return { ...settleFindings([wrongType("", "a map with the keys of an agent card", root)], document), card: null };
  }
  const shape = checkShape(agentCard, root, "").map((finding) => mended(finding, root));
  const named = nameOf(root, as.name);
  const findings = [...shape, ...checkLabels(root), ...checkSkills(root), ...named.findings, ...warningsOf(root)];
  const { isRefused, ...settled } = settleFindings(findings, document);
  const name = named.name;
  return { ...settled, card: isRefused || name === null ? null : { name, value: agentCard.parse(root) } };
}

/** The name that a card is registered under, as far as it tells one. */
export function agentHeader(document: PlacedDocument): { id: string | null; version: string | null } {
  const root = isMap(document.value) ? document.value : {};
  const given = own(root, "version");
  return { id: nameOf(root, null).name, version: typeof given === "string" ? given.slice(0, 100) : null };
}

function nameOf(card: JsonMap, expected: string | null): { name: string | null; findings: Finding[] } {
  const id = own(card, "id");
  if (id !== undefined) {
    // What is wrong with it in itself is said by the shape.
    if (typeof id !== "string" || !artifactName.safeParse(id).success) return { name: null, findings: [] };
    return expected === null || id === expected
      ? { name: id, findings: [] }
      : { name: null, findings: [differs("/id", id, expected)] };
  }
  if (expected !== null) return expectedName(expected);
  const title = own(card, "name");
  if (typeof title !== "string" || title === "") return { name: null, findings: [] };
  const name = agentNameOf(title);
  if (name !== null) return { name, findings: [] };
  const message = `no name of a-z and 0-9 can be made of ${quote(title)}`;
  return { name, findings: [errorAt("name_missing", "/id", message, "add id, like plan-agent", "key")] };
}

/** Repositories may have names that artifacts may not. */
function expectedName(expected: string): { name: string | null; findings: Finding[] } {
  const checked = artifactName.safeParse(expected);
  if (checked.success) return { name: expected, findings: [] };
  const why = checked.error.issues[0]?.message ?? "it is of another form";
  const message = `${quote(expected)} cannot be an agent's name: ${why}`;
  return { name: null, findings: [errorAt("bad_name", "/id", message, "put it elsewhere", "key")] };
}

function differs(path: string, said: string, expected: string): Finding {
  const message = `the document says ${quote(said)}, and is published as ${quote(expected)}`;
  return errorAt("name_differs", path, message, `publish it under ${said}, or write ${expected} here`);
}

/** What most likely was meant, where the shape alone cannot know. */
function mended(finding: Finding, card: JsonMap): Finding {
  if (finding.path === "/version") {
    const meant = suggestVersion(own(card, "version") ?? null);
    return meant === null ? finding : { ...finding, suggestion: `write "${meant}"` };
  }
  if (finding.path === "/skills" && finding.code === "too_few") {
    const message = "an agent without skills cannot be asked for anything: the list is empty";
    return { ...finding, message, suggestion: "add a skill with an id" };
  }
  return finding;
}

function checkLabels(card: JsonMap): Finding[] {
  const labels = own(card, "labels");
  return isMap(labels) ? checkCount(Object.keys(labels).length, limits.labelsPerAgent, "labels", "/labels") : [];
}

function checkSkills(card: JsonMap): Finding[] {
  const seen = new Set<string>();
  return skillsOf(card).flatMap(([skill, path]) => {
    const findings = [...checkSchemas(skill, path), ...similarKeys(skill, skillKeys, path)];
    const id = own(skill, "id");
    if (typeof id !== "string") return findings;
    if (seen.has(id)) {
      const message = `there are two skills of the id ${quote(id)}`;
      const suggestion = "give each skill an id of its own";
      findings.push(errorAt("skill_duplicate", childPointer(path, "id"), message, suggestion));
    }
    seen.add(id);
    return findings;
  });
}

function checkSchemas(skill: JsonMap, path: string): Finding[] {
  const spellings = [
    ["input_schema", "inputSchema"],
    ["output_schema", "outputSchema"],
  ] as const;
  return spellings
    .filter(([ours, theirs]) => Object.hasOwn(skill, ours) && Object.hasOwn(skill, theirs))
    .map(([ours, theirs]) => {
      const message = `${ours} and ${theirs} are two spellings of one thing`;
      return errorAt("schema_twice", childPointer(path, theirs), message, "keep one of them", "key");
    });
}

function skillsOf(card: JsonMap): [JsonMap, string][] {
  const skills: JsonValue = own(card, "skills") ?? null;
  if (!Array.isArray(skills)) return [];
  return skills
    .slice(0, limits.skillsPerAgent)
    .flatMap((skill, at): [JsonMap, string][] => (isMap(skill) ? [[skill, `/skills/${at}`]] : []));
}

function warningsOf(card: JsonMap): Finding[] {
  const findings = similarKeys(card, cardKeys, "");
  if (Object.hasOwn(card, "description")) return findings;
  const message = "the card has no description: people and agents choose by it";
  return [...findings, warningAt("no_description", "/description", message, "add a description", "key")];
}

const cardKeys = Object.keys(agentCard.shape);
const skillKeys = Object.keys(agentSkill.shape);
