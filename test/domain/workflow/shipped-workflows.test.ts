import { describe, expect, test } from "vitest";
import { workflowDocument } from "../../../src/contract/workflow/document.ts";
import { stepType } from "../../../src/contract/workflow/step.ts";
import { copyJson, isMap } from "../../../src/domain/document/json-value.ts";
import { checkWorkflow } from "../../../src/domain/workflow/check-workflow.ts";
import { readSteps } from "../../../src/domain/workflow/read-steps.ts";
import type { SkillInterface } from "../../../src/domain/workflow/skill-interface.ts";
import { skillsOf } from "../../../src/domain/workflow/skills-of.ts";
import { allNodes } from "../../../src/domain/workflow/step-node.ts";
import { readShipped, shippedFiles, shippedSkills } from "./shipped-skills.ts";

const files = shippedFiles("workflows");
const shipped = await shippedSkills();

describe("the workflows that ship", () => {
  test.each(files)("%s checks without an error or a warning, and is named for its id", (file) => {
    const checked = checkWorkflow(readShipped("workflows", file), { name: null });
    expect(checked.issues).toEqual([]);
    expect(checked.workflow?.metadata.id).toBe(file.replace(".yaml", ""));
  });

  test.each(files)("%s calls what ships, gives it what it needs, and reads what it gives", (file) => {
    const document = readShipped("workflows", file);
    const called = skillsOf(workflowDocument.parse(document.value)).flatMap(({ text }) =>
      text === null ? [] : [text],
    );
    expect(called.length).toBeGreaterThan(0);
    const skills = new Map(
      called.map((text): [string, SkillInterface | null] => [text, shipped.get(nameOf(text)) ?? null]),
    );
    expect(checkWorkflow(document, { name: null, skills }).issues).toEqual([]);
  });

  test.each(files)("%s describes itself and each of its inputs", (file) => {
    const { metadata, inputs } = workflowDocument.parse(readShipped("workflows", file).value);
    expect(metadata.description).toBeTruthy();
    const undescribed = Object.entries(inputs ?? {}).filter(([, field]) => !field.description);
    expect(undescribed.map(([name]) => name)).toEqual([]);
  });
});

describe("together they show all of the language", () => {
  const documents = files.map((file) => workflowDocument.parse(readShipped("workflows", file).value));
  const nodes = documents.flatMap((document) => {
    const root = copyJson(document);
    return isMap(root) ? allNodes(readSteps(root).steps) : [];
  });

  test.each(stepType.options)("there is a %s step", (type) => {
    expect(nodes.some(({ body }) => (body.step_type ?? "sequential") === type)).toBe(true);
  });

  test("one calls another, and one undoes what it did", () => {
    const used = documents.flatMap(skillsOf);
    expect(used.some(({ skill }) => skill?.kind === "workflow")).toBe(true);
    expect(used.some(({ purpose }) => purpose === "compensate")).toBe(true);
  });
});

/** A skill without its selector. */
function nameOf(text: string): string {
  return text.split("@")[0] ?? text;
}
