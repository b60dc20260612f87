import type { AgentSkill } from "../../contract/agent/skill.ts";
import { keywordLink } from "../artifact/described-facts.ts";
import { copyButton } from "../parts/copy-button.ts";
import { element } from "../parts/element.ts";
import { fact } from "../parts/fact.ts";
import { jsonDetails } from "../parts/json-details.ts";
import { paragraphs } from "../parts/paragraphs.ts";
import type { SkillFinder } from "../skill/skill-finder.ts";
import { whoAnswers } from "../skill/who-answers.ts";

/** One thing that an agent can do: what it is called, takes and gives, and whom the registry chooses for it. */
export function skillSection(finder: SkillFinder, skill: AgentSkill, agent: string, left: AbortSignal): HTMLElement {
  const { id, tags = [], examples = [] } = skill;
  const takes = skill.input_schema ?? skill.inputSchema;
  const gives = skill.output_schema ?? skill.outputSchema;
  return element(
    "section",
    { class: "panel skill" },
    element("h2", {}, skill.name ?? id),
    element("p", { class: "identity" }, element("code", {}, id), copyButton("the skill's id", id)),
    ...paragraphs(skill.description, "prose"),
    tags.length === 0 ? null : element("p", { class: "keywords" }, ...tags.map((tag) => keywordLink("agent", tag))),
    ...modes(skill),
    examples.length === 0 ? null : element("h3", {}, "One might ask"),
    examples.length === 0 ? null : element("ul", {}, ...examples.map((example) => element("li", {}, example))),
    takes === undefined ? null : jsonDetails("Input schema", `the input schema of ${id}`, takes),
    gives === undefined ? null : jsonDetails("Output schema", `the output schema of ${id}`, gives),
    whoAnswers(finder, id, agent, left),
  );
}

function modes({ inputModes = [], outputModes = [] }: AgentSkill): HTMLElement[] {
  const rows = [
    ...(inputModes.length === 0 ? [] : fact("Takes", inputModes.join(", "))),
    ...(outputModes.length === 0 ? [] : fact("Gives", outputModes.join(", "))),
  ];
  return rows.length === 0 ? [] : [element("dl", { class: "facts" }, ...rows)];
}
