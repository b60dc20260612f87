import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import page from "../../docs/entities.md?raw";
import { entity } from "../../src/contract/entity/entity.ts";
import { limits } from "../../src/contract/limits.ts";
import { formatSteps } from "../../src/domain/entity/address.ts";
import { parseSteps } from "../../src/domain/entity/parse-address.ts";
import type { ReferenceIssueCode } from "../../src/domain/entity/reference-issues.ts";
import { ask } from "./a-registry.ts";

const blocks = [...page.matchAll(/^```http\n(GET|POST) (\S.*)\n([\s\S]*?)```\n\n```json (\d+)\n([\s\S]*?)```$/gm)].map(
  ([, method = "", path = "", body = "", status = "", answer = ""]) => ({ method, path, body, status, answer }),
);
const pageId = /01a20000-0000-7000-8000-0000000000[0-9a-f]{2}/gi;
/** By the page's ids, those that its entities have here. */
const actual = new Map<string, string>();

/** A text of the page with the ids that its entities have here; in capitals where the page has them. */
function meant(text: string): string {
  return text.replaceAll(pageId, (id) => {
    const known = actual.get(id.toLowerCase()) ?? id;
    return id === id.toLowerCase() ? known : known.toUpperCase();
  });
}

/** Notes which id an answer has where the page has one that it names for the first time. */
function note(told: unknown, got: unknown): void {
  if (typeof told === "string" && typeof got === "string" && new RegExp(`^${pageId.source}$`).test(told)) {
    if (!actual.has(told)) actual.set(told, got);
  } else if (typeof told === "object" && told !== null && typeof got === "object" && got !== null) {
    const found = new Map(Object.entries(got));
    for (const [key, value] of Object.entries(told)) note(value, found.get(key));
  }
}

it("every request on the page is answered as the page tells", async () => {
  expect(blocks).toHaveLength(page.match(/^```http/gm)?.length ?? 0);
  expect(blocks.length).toBeGreaterThan(10);
  for (const { method, path, body, status, answer } of blocks) {
    const json = { body: meant(body), type: "application/json" };
    const response = await ask(method, encodeURI(meant(path)), body === "" ? {} : json);
    const text = await response.text();
    expect(`${method} ${path}: ${response.status}`, text).toBe(`${method} ${path}: ${status}`);
    const got: unknown = JSON.parse(text);
    note(JSON.parse(answer), got);
    expect(got).toMatchObject(z.record(z.string(), z.unknown()).parse(JSON.parse(meant(answer))));
  }
});

/** The rows under the table head that starts with these words. */
function tableUnder(head: string): string[][] {
  const lines = page.slice(page.indexOf(`| ${head}`)).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(2, end).map((line) => line.split(" | ").map((cell) => cell.replaceAll(/^\| | \|$/g, "")));
}

const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);

describe("the tables on the page", () => {
  test.each(tableUnder("step | means"))("the step %s is written in its one form", (step, _, form) => {
    const parsed = parseSteps(quoted(step ?? "")[0] ?? "");
    expect(parsed.ok && formatSteps(parsed.value)).toBe(quoted(form ?? "")[0]);
  });

  test("the limits are those of the code", () => {
    const actualLimits = new Map<string, number>(Object.entries(limits));
    for (const [, limit = "", constant = ""] of tableUnder("what | limit")) {
      expect([constant, Number.parseInt(limit, 10)]).toEqual([constant, actualLimits.get(quoted(constant)[0] ?? "")]);
    }
  });

  test("the issue codes are those of the code", () => {
    const codes = {
      address_invalid: true,
      entity_missing: true,
      address_missing: true,
      too_many_references: true,
      path_too_long: true,
      too_deep: true,
      too_large: true,
      too_many_sources: true,
    } satisfies Record<ReferenceIssueCode, true>;
    expect(tableUnder("code | says").flatMap(([code = ""]) => quoted(code))).toEqual(Object.keys(codes));
  });

  test("every field of an entity is told", () => {
    const told = tableUnder("field | says").flatMap(([cell = ""]) => quoted(cell));
    const beside = ["created_at", "created_by", "data_digest", "data_bytes"];
    expect([...told, ...beside].sort()).toEqual(Object.keys(entity.shape).sort());
  });
});
