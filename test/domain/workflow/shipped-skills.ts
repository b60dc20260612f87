import { readdirSync, readFileSync } from "node:fs";
import { loadAnalyzer } from "../../../src/analyzer/node/load-analyzer.ts";
import { agentCard } from "../../../src/contract/agent/card.ts";
import type { AgentSkill } from "../../../src/contract/agent/skill.ts";
import { workflowDocument } from "../../../src/contract/workflow/document.ts";
import { skillInterfaceOfSchema } from "../../../src/domain/agent/skill-interface-of-schema.ts";
import type { PlacedDocument } from "../../../src/domain/document/placed-document.ts";
import { readDocument } from "../../../src/domain/document/read-document.ts";
import { languageOfFile } from "../../../src/domain/function/source-language.ts";
import { interfaceOfWorkflow, type SkillInterface } from "../../../src/domain/workflow/skill-interface.ts";
import { checkShipped } from "../template/check-shipped.ts";

const templates = new URL("../../../templates/", import.meta.url);

/** Files of a folder in templates/. */
export function shippedFiles(folder: "workflows" | "functions" | "agents"): string[] {
  return readdirSync(new URL(`${folder}/`, templates));
}

/** The document in a file that must be readable. */
export function readShipped(folder: "workflows" | "agents", file: string): PlacedDocument {
  const { document, issues } = readDocument(readFileSync(new URL(`${folder}/${file}`, templates), "utf8"));
  if (document === null) throw new Error(`${file}: ${issues[0]?.message}`);
  return document;
}

/** What answers to skills among all that ships, by the name that workflows call it by, and what each takes and gives. */
export async function shippedSkills(): Promise<Map<string, SkillInterface>> {
  const analyze = await loadAnalyzer();
  const functions = shippedFiles("functions").flatMap((file) => {
    const language = languageOfFile(file);
    if (language === null) return [];
    const text = readFileSync(new URL(`functions/${file}`, templates), "utf8");
    return analyze({ language, text, file }).functions;
  });
  const cards = shippedFiles("agents").map((file) => agentCard.parse(readShipped("agents", file).value));
  const workflows = shippedFiles("workflows").map((file) =>
    workflowDocument.parse(readShipped("workflows", file).value),
  );
  return new Map<string, SkillInterface>([
    ...[...checkShipped()].map(([name, { template }]): [string, SkillInterface] => [
      name,
      { inputs: template?.interface?.inputs ?? null, outputs: template?.interface?.outputs ?? null },
    ]),
    ...functions.map((one): [string, SkillInterface] => [one.id, one.interface]),
    ...cards.flatMap(({ skills }) => skills.map(skillOfAgent)),
    ...workflows.map((one): [string, SkillInterface] => [`workflow/${one.metadata.id}`, interfaceOfWorkflow(one)]),
  ]);
}

function skillOfAgent({ id, input_schema, output_schema }: AgentSkill): [string, SkillInterface] {
  return [id, skillInterfaceOfSchema({ input_schema: input_schema ?? null, output_schema: output_schema ?? null })];
}
