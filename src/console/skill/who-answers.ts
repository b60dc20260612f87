import type { SkillAnswer, SkillCandidate } from "../../contract/agent/skill-answer.ts";
import { healthBadge } from "../agent/health-badge.ts";
import { button, element } from "../parts/element.ts";
import { told } from "../parts/failure-panel.ts";
import { whenSeen } from "../parts/when-seen.ts";
import { candidateLink } from "./candidate-link.ts";
import type { SkillFinder } from "./skill-finder.ts";

/** Whom the registry chooses for a skill of an agent, and who else answers to it. Asked when it comes into view. */
export function whoAnswers(finder: SkillFinder, skill: string, agent: string, left: AbortSignal): HTMLElement {
  const place = element("div", { class: "who-answers" }, element("p", { class: "quiet" }, "Asking who answers…"));

  async function load(): Promise<void> {
    try {
      const answer = await finder.find(skill);
      place.replaceChildren(...(answer === null ? [nobody(skill)] : shown(answer, agent)));
    } catch (failure) {
      if (left.aborted) return;
      place.replaceChildren(
        element("p", {}, `Who answers is not known: ${told(failure).detail}`),
        button("Try again", {}, load),
      );
    }
  }

  whenSeen(place, left, load);
  return place;
}

function nobody(skill: string): HTMLElement {
  return element("p", {}, "Asked for ", element("code", {}, skill), ", the registry finds nobody now.");
}

function shown({ skill, chosen, candidates, next_cursor: next }: SkillAnswer, agent: string): HTMLElement[] {
  const isThis = chosen.kind === "agent" && chosen.name === agent;
  const asked = element("p", {}, "Asked for ", element("code", {}, skill), ", the registry chooses ");
  asked.append(isThis ? "this one, " : "", candidateLink(chosen), ".");
  if (candidates.length === 1 && next === null) return [asked];
  const count = next === null ? `${candidates.length}` : `More than ${candidates.length}`;
  return [
    asked,
    element(
      "details",
      {},
      element("summary", {}, `${count} answer to it, best first`),
      element("ol", {}, ...candidates.map(candidateItem)),
    ),
  ];
}

function candidateItem(candidate: SkillCandidate): HTMLElement {
  const { health } = candidate;
  return element("li", {}, candidateLink(candidate), " ", health === null ? null : healthBadge(health.state));
}
