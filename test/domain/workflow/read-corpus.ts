import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { Issue } from "../../../src/contract/issue.ts";
import { inputs, outputs } from "../../../src/contract/template/document.ts";
import type { WorkflowDocument } from "../../../src/contract/workflow/document.ts";
import { readDocument } from "../../../src/domain/document/read-document.ts";
import { checkWorkflow } from "../../../src/domain/workflow/check-workflow.ts";
import type { SkillInterface } from "../../../src/domain/workflow/skill-interface.ts";

const skillInterface = z.strictObject({ inputs: inputs.nullable(), outputs: outputs.nullable() });

const corpus = new URL("./corpus/", import.meta.url);

/** A file of the corpus: `# expect SEVERITY CODE LINE:COLUMN` for each issue, and nothing in the good ones. */
export interface CorpusFile {
  path: string;
  text: string;
  expected: string[];
}

/** The files of a folder of the corpus. */
export function readCorpus(folder: "good" | "bad"): CorpusFile[] {
  return readdirSync(new URL(`${folder}/`, corpus)).map((file) => {
    const text = readFileSync(new URL(`${folder}/${file}`, corpus), "utf8");
    const expected = [...text.matchAll(/^# expect (.+)$/gm)].map(([, line = ""]) => line);
    return { path: `${folder}/${file}`, text, expected };
  });
}

/** Reads and checks a text. `# skill NAME INTERFACE` says what a skill takes and gives, `null` that nobody has it. */
export function checkText(text: string): { issues: Issue[]; workflow: WorkflowDocument | null } {
  const { document, issues } = readDocument(text);
  if (document === null) return { issues, workflow: null };
  const skills = new Map<string, SkillInterface | null>();
  for (const [, name = "", written = ""] of text.matchAll(/^# skill (\S+) (.+)$/gm)) {
    skills.set(name, skillInterface.nullable().parse(JSON.parse(written)));
  }
  return checkWorkflow(document, skills.size > 0 ? { name: null, skills } : { name: null });
}
