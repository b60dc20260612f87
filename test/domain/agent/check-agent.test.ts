import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { checkAgent } from "../../../src/domain/agent/check-agent.ts";
import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";
import { aCard, checkCard, checkCardText, findingsOf, headerOf } from "./a-card.ts";

describe("a card that is accepted", () => {
  test("says its name by id, else by its name, else by where it is put", () => {
    expect(checkCard({ id: "planner" }).card?.name).toBe("planner");
    expect(checkCard({}).card?.name).toBe("plan-agent");
    expect(checkCard({ name: "Ünïcode  Agent 4.1!" }).card?.name).toBe("unicode-agent-4-1");
    expect(checkCard({}, "plan").card?.name).toBe("plan");
    expect(checkCard({ id: "plan" }, "plan").card?.name).toBe("plan");
  });

  test("may have every field of A2A, and keeps what nobody knows", () => {
    const { issues, card } = checkCard({
      protocolVersion: "0.3.0",
      preferredTransport: "JSONRPC",
      additionalInterfaces: [{ url: "grpc.example.com:443", transport: "GRPC" }],
      provider: { organization: "Example", url: "https://example.com", country: "SE" },
      documentationUrl: "https://example.com/docs?page=1#top",
      iconUrl: "https://example.com/icon.png",
      capabilities: { streaming: true, extensions: [{ uri: "https://example.com/ext" }] },
      securitySchemes: { oauth: { type: "oauth2", flows: {} } },
      security: [{ oauth: ["plan:write"] }],
      defaultInputModes: ["application/json"],
      defaultOutputModes: ["text/plain"],
      supportsAuthenticatedExtendedCard: false,
      signatures: [{ protected: "e30", signature: "abc", header: { kid: "1" } }],
      labels: { tier: "gold", "team/owner": "" },
      "x-cost": 3,
      quota: { day: 10 },
      skills: [
        { id: "plan", input_schema: { type: "object" }, outputSchema: {}, examples: ["Plan a trip"], effort: "low" },
      ],
    });
    expect(issues).toEqual([]);
    expect(card?.value).toMatchObject({ quota: { day: 10 }, "x-cost": 3, skills: [{ effort: "low" }] });
  });

  test("without a description has a warning, and so has a key that is nearly a known one", () => {
    const { description: _, ...rest } = aCard({ capabilites: {} });
    const found = checkAgent(documentOfValue(rest).document ?? never(), { name: null });
    expect(found.card).not.toBeNull();
    expect(found.issues.map(({ severity, code, suggestion }) => [severity, code, suggestion])).toEqual([
      ["warning", "similar_key", "did you mean capabilities?"],
      ["warning", "no_description", "add a description"],
    ]);
    expect(findingsOf({ skills: [{ id: "plan", descripton: "" }] })).toEqual([["similar_key", "/skills/0/descripton"]]);
  });
});

describe("a card that is refused", () => {
  test.each([
    ["no skills", { skills: [] }, "too_few", "/skills"],
    ["skills that are no list", { skills: { plan: {} } }, "wrong_type", "/skills"],
    ["two skills of one id", { skills: [{ id: "plan" }, { id: "plan" }] }, "skill_duplicate", "/skills/1/id"],
    ["a skill without an id", { skills: [{ name: "Plan" }] }, "missing_key", "/skills/0/id"],
    ["a skill's id with a space", { skills: [{ id: "make plan" }] }, "bad_form", "/skills/0/id"],
    ["a schema that is no map", { skills: [{ id: "a", input_schema: [] }] }, "wrong_type", "/skills/0/input_schema"],
    ["a schema that is text", { skills: [{ id: "a", outputSchema: "{}" }] }, "wrong_type", "/skills/0/outputSchema"],
    [
      "a schema in both spellings",
      { skills: [{ id: "a", input_schema: {}, inputSchema: {} }] },
      "schema_twice",
      "/skills/0/inputSchema",
    ],
    ["an address that is not http", { url: "ftp://example.com" }, "bad_form", "/url"],
    ["an address without a host", { url: "http://" }, "bad_form", "/url"],
    ["an address with a password", { url: "https://me:secret@example.com" }, "bad_form", "/url"],
    ["an address with a query", { url: "https://example.com/?a=1" }, "bad_form", "/url"],
    ["an address that runs", { documentationUrl: "javascript:alert(1)" }, "bad_form", "/documentationUrl"],
    ["a version of two numbers", { version: "1.0" }, "bad_form", "/version"],
    ["a version that is a number", { version: 1.5 }, "wrong_type", "/version"],
    ["an id in capitals", { id: "Plan" }, "bad_form", "/id"],
    ["a name that gives no name", { name: "計画" }, "name_missing", "/id"],
    ["labels that are no texts", { labels: { gpu: true } }, "wrong_type", "/labels/gpu"],
    ["a label without a key", { labels: { "": "x" } }, "bad_name", "/labels/"],
    ["a capability that is text", { capabilities: { streaming: "yes" } }, "wrong_type", "/capabilities/streaming"],
  ])("%s", (_, parts, code, path) => {
    expect(findingsOf(parts)).toEqual([[code, path]]);
    expect(checkCard(parts).card).toBeNull();
  });

  test("says which version was meant", () => {
    const suggested = (version: unknown) => checkCard({ version }).issues[0]?.suggestion;
    expect(suggested("1.0")).toBe('write "1.0.0"');
    expect(suggested("v2")).toBe('write "2.0.0"');
    expect(suggested("1.2.3-beta.1")).toBe('write "1.2.3"');
    expect(suggested(1.5)).toBe('write "1.5.0"');
    expect(suggested("next")).toBeNull();
  });

  test("another id than the name it is pushed under", () => {
    const [issue] = checkCard({ id: "planner" }, "plan").issues;
    expect(issue).toMatchObject({ code: "name_differs", path: "/id" });
    expect(issue?.message).toContain('"planner"');
    expect(issue?.suggestion).toContain("publish it under planner");
  });

  test("a place whose name no agent can have", () => {
    expect(findingsOf({}, "plan__b")).toEqual([["bad_name", "/id"]]);
  });

  test("too many of something", () => {
    const many = Array.from({ length: limits.skillsPerAgent + 1 }, (_, at) => ({ id: `skill-${at}` }));
    expect(findingsOf({ skills: many })).toEqual([["too_many", "/skills"]]);
    const labels = Object.fromEntries(many.slice(0, limits.labelsPerAgent + 1).map(({ id }) => [id, "x"]));
    expect(findingsOf({ labels })).toEqual([["too_many", "/labels"]]);
  });

  test("all findings come together, each with its place", () => {
    const { issues, card } = checkCardText(`name: Plan
version: 1.0
url: localhost:8001
skills:
  - id: plan
  - id: plan
    input_schema: no
`);
    expect(card).toBeNull();
    expect(issues.map(({ code, line, column }) => [code, line, column])).toEqual([
      ["no_description", 1, 1],
      ["wrong_type", 2, 10],
      ["bad_form", 3, 6],
      ["skill_duplicate", 6, 9],
      ["wrong_type", 7, 19],
    ]);
  });

  test("what is no map at all", () => {
    const document = documentOfValue(["a"]).document ?? never();
    expect(checkAgent(document, { name: null })).toMatchObject({ card: null, issues: [{ code: "wrong_type" }] });
  });
});

test("the header tells what can be read of a card that is refused", () => {
  expect(headerOf({ skills: [], version: "1.0" })).toEqual({ id: "plan-agent", version: "1.0" });
  expect(headerOf({ id: "UPPER", version: 3 })).toEqual({ id: null, version: null });
});

test("whatever a document holds, checking ends, and a card comes out exactly when there is no error", () => {
  const keys = fc.constantFrom(
    "id",
    "name",
    "url",
    "version",
    "skills",
    "labels",
    "capabilities",
    "constructor",
    "toString",
  );
  const tree = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.string(),
      fc.constantFrom("plan", "http://localhost", "1.0.0"),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(keys, tie("value"), { maxKeys: 6 }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(keys, tree), fc.boolean(), (parts, isWhole) => {
      const { document } = documentOfValue(isWhole ? aCard(parts) : parts);
      if (document === null) return;
      const { card, issues } = checkAgent(document, { name: null });
      expect(card === null).toBe(issues.some((issue) => issue.severity === "error"));
    }),
  );
});

function never(): never {
  throw new Error("the test's own document cannot be read");
}
