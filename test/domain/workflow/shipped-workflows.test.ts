import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { agentCard } from "../../../src/contract/agent/card.ts";
import { readDocument } from "../../../src/domain/document/read-document.ts";
import { checkWorkflow } from "../../../src/domain/workflow/check-workflow.ts";

const templates = new URL("../../../templates/", import.meta.url);
const folder = new URL("workflows/", templates);
const files = readdirSync(folder);

/** The document in a file that must be readable. */
function read(url: URL) {
  const { document, issues } = readDocument(readFileSync(url, "utf8"));
  if (document === null) throw new Error(`${url}: ${issues[0]?.message}`);
  return document;
}

/** What shipped workflows may call: templates that ship, and skills of agents that ship. */
const known = new Set([
  ...readdirSync(templates).flatMap((file) => (file.endsWith(".yaml") ? [file.replace(".yaml", "")] : [])),
  ...readdirSync(new URL("agents/", templates)).flatMap((file) =>
    agentCard.parse(read(new URL(`agents/${file}`, templates)).value).skills.map((skill) => skill.id),
  ),
]);

describe("the workflows that ship", () => {
  test.each(files)("%s checks without an error or a warning, and is named for its id", (file) => {
    const checked = checkWorkflow(read(new URL(file, folder)), { name: null });
    expect(checked.issues).toEqual([]);
    expect(checked.workflow?.metadata.id).toBe(file.replace(".yaml", ""));
  });

  test.each(files)("%s calls nothing that does not ship", (file) => {
    const called = skillsIn(read(new URL(file, folder)).value);
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((skill) => !known.has(skill.split("@")[0] ?? ""))).toEqual([]);
  });
});

/** Every `skill` of a document, however deep. */
function skillsIn(value: unknown): string[] {
  const map = z.record(z.string(), z.unknown()).safeParse(value);
  if (map.success) {
    const { skill, ...others } = map.data;
    return [...(typeof skill === "string" ? [skill] : []), ...Object.values(others).flatMap(skillsIn)];
  }
  return Array.isArray(value) ? value.flatMap(skillsIn) : [];
}
