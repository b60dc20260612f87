import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import page from "../../docs/agents.md?raw";
import { agentCard } from "../../src/contract/agent/card.ts";
import { agentSkill } from "../../src/contract/agent/skill.ts";
import { agentLimits } from "../../src/contract/limits/agent-limits.ts";
import { checkAgent } from "../../src/domain/agent/check-agent.ts";
import type { AgentRuleCode } from "../../src/domain/agent/issue-codes.ts";
import { readDocument } from "../../src/domain/document/read-document.ts";
import { ask } from "./a-registry.ts";

const requests = [
  ...page.matchAll(/^```http\n(GET|POST) (\S.*)\n([\s\S]*?)```\n\n```json (\d+)\n([\s\S]*?)```$/gm),
].map(([, method = "", path = "", body = "", status = "", answer = ""]) => ({ method, path, body, status, answer }));

it("every request on the page is answered as the page tells", async () => {
  expect(requests).toHaveLength(page.match(/^```http/gm)?.length ?? 0);
  expect(requests.length).toBeGreaterThan(8);
  for (const { method, path, body, status, answer } of requests) {
    const response = await ask(method, encodeURI(path), body === "" ? {} : { body, type: "application/json" });
    const text = await response.text();
    expect(`${method} ${path}: ${response.status}`, text).toBe(`${method} ${path}: ${status}`);
    expect(JSON.parse(text)).toMatchObject(z.record(z.string(), z.unknown()).parse(JSON.parse(answer)));
  }
});

describe("the cards on the page", () => {
  const cards = [...page.matchAll(/^(.*)\n\n```yaml( bad)?\n([\s\S]*?)^```$/gm)].map((found) => ({
    above: found[1] ?? "",
    isBad: found[2] !== undefined,
    source: found[3] ?? "",
  }));

  test("every one was found", () => {
    expect(cards).toHaveLength(page.match(/^```yaml/gm)?.length ?? 0);
  });

  test.each(cards)("the one under $above has the issues that are announced", ({ above, isBad, source }) => {
    const { document } = readDocument(source);
    if (document === null) throw new Error("a card of the page cannot be read");
    const codes = checkAgent(document, { name: null }).issues.map((issue) => issue.code);
    expect(codes).toEqual(isBad ? [/^`([a-z_]+)`/.exec(above)?.[1]] : []);
  });
});

/** The rows under the table head that starts with these words. */
function tableUnder(head: string): string[][] {
  const lines = page.slice(page.indexOf(`| ${head}`)).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(2, end).map((line) => line.split(" | ").map((cell) => cell.replaceAll(/^\| | \|$/g, "")));
}

const quoted = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);

describe("the tables on the page", () => {
  test("every key of a card is told, and none that it does not have", () => {
    expect(
      tableUnder("key | says")
        .flatMap(([cell]) => quoted(cell))
        .sort(),
    ).toEqual(Object.keys(agentCard.shape).sort());
  });

  test("every key of a skill is told", () => {
    const told = tableUnder("key of a skill | says").flatMap(([cell]) => quoted(cell));
    expect([...told, "inputSchema", "outputSchema"].sort()).toEqual(Object.keys(agentSkill.shape).sort());
  });

  test("the issue codes are those of the code", () => {
    const codes = {
      skill_duplicate: true,
      schema_twice: true,
      name_differs: true,
      name_missing: true,
      similar_key: true,
    } satisfies Record<AgentRuleCode, true>;
    expect(tableUnder("code | says").flatMap(([code]) => quoted(code))).toEqual(Object.keys(codes));
  });

  test("the limits are those of the code", () => {
    const told = tableUnder("what | limit").map(([, limit, constant]) => [quoted(constant)[0], Number(limit)]);
    expect(Object.fromEntries(told)).toEqual(agentLimits);
  });
});
