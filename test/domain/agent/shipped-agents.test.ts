import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkAgent } from "../../../src/domain/agent/check-agent.ts";
import { readDocument } from "../../../src/domain/document/read-document.ts";

const folder = new URL("../../../templates/agents/", import.meta.url);
const files = readdirSync(folder);

describe("the agent cards that ship", () => {
  test.each(files)("%s checks without an error or a warning, and is named for its id", (file) => {
    const { document, issues } = readDocument(readFileSync(new URL(file, folder), "utf8"));
    if (document === null) throw new Error(`${file}: ${issues[0]?.message}`);
    const checked = checkAgent(document, { name: null });
    expect(checked.issues).toEqual([]);
    expect(checked.card?.name).toBe(file.replace(/\.(json|yaml)$/, ""));
  });

  test("there are several, in both languages", () => {
    expect(new Set(files.map((file) => file.split(".").at(-1)))).toEqual(new Set(["json", "yaml"]));
  });
});
