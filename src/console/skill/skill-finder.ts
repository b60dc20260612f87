import { CallFailure } from "../../client/call-failure.ts";
import type { SkillAnswer } from "../../contract/agent/skill-answer.ts";
import { getSkill } from "../../contract/http/skills.ts";
import type { Registry } from "../open-registry.ts";

/** Asks who answers to skills, each once for a page. */
export interface SkillFinder {
  /** Null: nobody does. */
  find(skill: string): Promise<SkillAnswer | null>;
}

/** A finder for one page; what was asked by it is forgotten with the page. */
export function skillFinder(registry: Registry, left: AbortSignal): SkillFinder {
  const asked = new Map<string, Promise<SkillAnswer | null>>();

  async function ask(skill: string): Promise<SkillAnswer | null> {
    try {
      return await registry.client.call(getSkill, { params: { skill }, signal: left });
    } catch (failure) {
      if (saysNobody(failure)) return null;
      asked.delete(skill);
      throw failure;
    }
  }

  return {
    find(skill) {
      const answer = asked.get(skill) ?? ask(skill);
      asked.set(skill, answer);
      return answer;
    },
  };
}

/** What cannot be asked for at all is nobody's skill either. */
function saysNobody(failure: unknown): boolean {
  if (!(failure instanceof CallFailure)) return false;
  const code = failure.problem?.code;
  return (
    failure.reason.kind === "malformed" ||
    code === "NAME_NOT_FOUND" ||
    code === "VERSION_NOT_FOUND" ||
    code === "INVALID_REQUEST"
  );
}
