import { element } from "../parts/element.ts";
import { whenSeen } from "../parts/when-seen.ts";
import { candidateLink } from "./candidate-link.ts";
import type { SkillFinder } from "./skill-finder.ts";

/** A skill that a step asks for, and who answers to it now. Asked when it comes into view. */
export function stepSkill(finder: SkillFinder, skill: string, left: AbortSignal): HTMLElement {
  const answering = element("span", { class: "answering" });
  const place = element("span", { class: "step-skill" }, element("code", {}, skill), answering);

  async function load(): Promise<void> {
    try {
      const answer = await finder.find(skill);
      if (answer === null) answering.append(nobody());
      else answering.append("→ ", candidateLink(answer.chosen));
    } catch {
      // The page is complete without it, and says so.
      if (!left.aborted) answering.append("who answers is not known now");
    }
  }

  whenSeen(place, left, load);
  return place;
}

function nobody(): HTMLElement {
  const title = "No function, template, workflow or agent of this registry answers to this skill now";
  return element("span", { class: "badge badge-unresolved", title }, "nobody answers yet");
}
