import { listSkillWords, loadSkillNames, type SkillName } from "../../bindings/d1/agent/skill-rows.ts";
import type { SkillAnswer, SkillCandidate } from "../../contract/agent/skill-answer.ts";
import type { Failure } from "../../contract/failure.ts";
import { answeringKinds, type CandidatePlace, comparePlaces, placeOf } from "../../domain/agent/order-candidates.ts";
import { parseSkill, type SkillReference } from "../../domain/agent/parse-skill.ts";
import { chooseVersion } from "../../domain/artifact/choose-version.ts";
import { didYouMean } from "../../domain/did-you-mean.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** What is asked of the candidates. */
export interface SkillQuestion {
  /** `skill`, `skill@selector`, `kind/skill@selector`. */
  reference: string;
  /** Labels that an agent must have, all of them. */
  labels: readonly { key: string; value: string }[];
  after: CandidatePlace | null;
  limit: number;
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
  const { names, headSeq } = await loadSkillNames(db, asked.skill, kinds);
  const fitting = names.flatMap((name) => candidateOf(name, asked) ?? []);
  const all = fitting
    .filter((candidate) => hasLabels(candidate, question.labels))
    .sort((a, b) => comparePlaces(placeOf(a), placeOf(b)));
  const [chosen] = all;
  if (chosen === undefined) return refuse(db, asked, names.length, fitting.length);
  const { after, limit } = question;
  const rest = after === null ? all : all.filter((candidate) => comparePlaces(placeOf(candidate), after) > 0);
  const candidates = rest.slice(0, limit);
  const last = rest.length > limit ? candidates.at(-1) : undefined;
  const answer = { skill: asked.skill, selector: asked.selectorText, chosen, candidates };
  return success({ answer, next: last === undefined ? null : placeOf(last), seq: headSeq });
}

/** The version of a name that the selector means, if that answers to the skill: an agent may have dropped it since. */
function candidateOf({ index, abstract, cards }: SkillName, { selector }: SkillReference): SkillCandidate | null {
  const found = chooseVersion(index, selector);
  if (!found.ok) return null;
  const { version, digest, state } = found.value;
  const card = cards.get(version) ?? null;
  if (abstract.has(version) || (index.kind === "agent" && card === null)) return null;
  const { url = null, health = null, labels = null } = card ?? {};
  return { kind: index.kind, name: index.name, version, digest, state, url, health, labels };
}

function hasLabels({ labels }: SkillCandidate, wanted: SkillQuestion["labels"]): boolean {
  return wanted.every(({ key, value }) => labels !== null && Object.hasOwn(labels, key) && labels[key] === value);
}

async function refuse(
  db: D1Database,
  { skill, kind, selectorText }: SkillReference,
  known: number,
  fitting: number,
): Promise<Result<FoundSkill, Failure>> {
  const who = kind ?? "function, template, workflow or agent";
  if (fitting > 0) {
    const message = `${fitting === 1 ? "one answers" : `${fitting} answer`} to the skill ${skill}, and none has these labels; ask without them to see which there are`;
    return refusal({ code: "NAME_NOT_FOUND", message });
  }
  if (known > 0) {
    const why = selectorText === null ? "that is live" : `that @${selectorText} means`;
    return refusal({
      code: "VERSION_NOT_FOUND",
      message: `no ${who} has a version ${why} and answers to the skill ${skill}; ${known === 1 ? "one has" : `${known} have`} others`,
    });
  }
  const near = didYouMean(skill, await listSkillWords(db, skill));
  const advice = near === null ? "GET /v1/agents lists the agents" : `did you mean ${near}?`;
  return refusal({ code: "NAME_NOT_FOUND", message: `no ${who} answers to the skill ${skill}; ${advice}` });
}
