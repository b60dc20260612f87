import { listSkillWords, loadSkillNames } from "../../bindings/d1/agent/skill-rows.ts";
import { everyName } from "../../contract/access/name-pattern.ts";
import type { SkillAnswer, SkillCandidate } from "../../contract/agent/skill-answer.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { Failure } from "../../contract/failure.ts";
import { areOfAllNames, matchesName } from "../../domain/access/matches-name.ts";
import { answeringKinds, type CandidatePlace, comparePlaces, placeOf } from "../../domain/agent/order-candidates.ts";
import { parseSkill, type SkillReference } from "../../domain/agent/parse-skill.ts";
import { didYouMean } from "../../domain/did-you-mean.ts";
import { repositoryOf } from "../../domain/oci/repository-kind.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { candidatesOf } from "./candidates-of.ts";

/** What is asked of the candidates. */
export interface SkillQuestion {
  /** `skill`, `skill@selector`, `kind/skill@selector`. */
  reference: string;
  /** Labels that an agent must have, all of them. */
  labels: readonly { key: string; value: string }[];
  after: CandidatePlace | null;
  limit: number;
  /** Name patterns: who may answer. */
  names: readonly string[];
}

/** What was found: a page of the candidates, and the place where it ends when more follow. */
export interface FoundSkill {
  answer: Omit<SkillAnswer, "next_cursor">;
  next: CandidatePlace | null;
  seq: number;
}

/** Who answers to a skill. The same question to the same state has always the same answer. */
export async function findSkill(db: D1Database, question: SkillQuestion): Promise<Result<FoundSkill, Failure>> {
  const parsed = parseSkill(question.reference);
  if (!parsed.ok) return parsed;
  const asked = parsed.value;
  const kinds = asked.kind === null ? answeringKinds : [asked.kind];
  const { bySkill, headSeq } = await loadSkillNames(db, [asked.skill], kinds);
  const fits = ({ kind, name }: { kind: ArtifactKind; name: string }) =>
    matchesName(question.names, repositoryOf(kind, name));
  const names = (bySkill.get(asked.skill) ?? []).filter(({ index }) => fits(index));
  const fitting = candidatesOf(names, asked).map(({ candidate }) => candidate);
  const all = fitting.filter((candidate) => hasLabels(candidate, question.labels));
  const [chosen] = all;
  if (chosen === undefined) {
    return refusal(
      fitting.length > 0
        ? withoutLabels(asked, fitting.length)
        : await whyNobody(db, asked, names.length, question.names),
    );
  }
  const { after, limit } = question;
  const rest = after === null ? all : all.filter((candidate) => comparePlaces(placeOf(candidate), after) > 0);
  const candidates = rest.slice(0, limit);
  const last = rest.length > limit ? candidates.at(-1) : undefined;
  const answer = { skill: asked.skill, selector: asked.selectorText, chosen, candidates };
  return success({ answer, next: last === undefined ? null : placeOf(last), seq: headSeq });
}

function hasLabels({ labels }: SkillCandidate, wanted: SkillQuestion["labels"]): boolean {
  return wanted.every(({ key, value }) => labels !== null && Object.hasOwn(labels, key) && labels[key] === value);
}

function withoutLabels({ skill }: SkillReference, fitting: number): Failure {
  const message = `${fitting === 1 ? "one answers" : `${fitting} answer`} to the skill ${skill}, and none has these labels; ask without them to see which there are`;
  return { code: "NAME_NOT_FOUND", message };
}

/** Why nobody answers to a skill, of which `known` have the name. Who may not see every name is told of no other that is like it. */
export async function whyNobody(
  db: D1Database,
  { skill, kind, selectorText }: SkillReference,
  known: number,
  names: readonly string[] = [everyName],
): Promise<Failure> {
  const who = kind ?? "function, template, workflow or agent";
  if (known > 0) {
    const why = selectorText === null ? "that is live" : `that @${selectorText} means`;
    const message = `no ${who} has a version ${why} and answers to the skill ${skill}; ${known === 1 ? "one has" : `${known} have`} others`;
    return { code: "VERSION_NOT_FOUND", message };
  }
  const near = areOfAllNames(names) ? didYouMean(skill, await listSkillWords(db, skill)) : null;
  const advice = near === null ? "GET /v1/agents lists the agents" : `did you mean ${near}?`;
  return { code: "NAME_NOT_FOUND", message: `no ${who} answers to the skill ${skill}; ${advice}` };
}
