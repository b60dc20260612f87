import { readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { agentCredentials } from "../../src/contract/agent/credentials.ts";
import { executeRequest } from "../../src/contract/agent/json-rpc.ts";
import { readAgentAnswer } from "../../src/domain/agent/call/read-agent-answer.ts";
import { failureRules } from "../../src/domain/run/failure-rules.ts";
import { anAgentServer, call } from "../operations/agent/an-agent-server.ts";

const page = readFileSync(new URL("../../docs/agents.md", import.meta.url), "utf8");

/** The one example of a name. */
function example(name: string): unknown {
  return JSON.parse(new RegExp(`^\`\`\`json ${name}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page)?.[1] ?? "");
}

test("the request on the page is what is sent, and the answer on the page is read", async () => {
  const request = executeRequest.parse(example("request"));
  const { skill, inputs, metadata } = request.params;
  const server = await anAgentServer((response) => {
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(example("answer")));
  });
  onTestFinished(() => server.close());
  const { run_id: runId, step } = metadata;
  expect(await call(server.url, { pin: { skill }, inputs, key: request.id, runId, step })).toEqual({
    ok: true,
    outputs: { files: [] },
  });
  expect(JSON.parse(server.asked[0]?.body ?? "")).toEqual(request);
});

test("the credentials on the page are some, but for their dots", () => {
  const told = JSON.stringify(example("credentials")).replace("…", "x");
  expect(agentCredentials.safeParse(JSON.parse(told)).success).toBe(true);
});

describe("what the page tells of failures", () => {
  const rows = page
    .slice(page.indexOf("| the agent | class"))
    .split("\n\n")[0]
    ?.split("\n")
    .slice(2)
    .map((row) => row.split("|").map((cell) => cell.trim()));

  test.each(rows ?? [])("%s%s: %s %s, %s", (_, what = "", failureClass = "", code = "", next = "") => {
    const statuses = what.includes("without an error of JSON-RPC") ? (what.match(/\b\d{3}\b/g) ?? []) : [];
    const codes = what.startsWith("answers error")
      ? (what.match(/-\d{5}/g) ?? [])
      : what.includes("another error")
        ? [-32000]
        : [];
    const [data = "null"] = /\{.*\}/.exec(what) ?? [];
    const answers = [
      ...statuses.map((status) => ({ status: Number(status), text: "" })),
      ...codes.map((one) => ({
        status: 200,
        text: JSON.stringify({
          jsonrpc: "2.0",
          id: "k",
          error: { code: Number(one), message: "", data: JSON.parse(data) },
        }),
      })),
    ];
    const asked = { who: "agent a@1.0.0", skill: "s", key: "k", nowMs: 0 };
    for (const { status, text } of answers) {
      const found = readAgentAnswer(asked, { status, text, mediaType: "application/json", retryAfter: null });
      const told = found.ok ? null : { ...found.failure, isAnswered: found.isAnswered };
      expect(told, what).toMatchObject({ class: failureClass.replaceAll("`", ""), code: code.replaceAll("`", "") });
      const isAgain = told !== null && failureRules[told.class].mostFailures !== 1;
      expect(next, what).toBe(isAgain ? (told.isAnswered ? "a new key" : "the same key") : "");
    }
    // The two that are no single answer have tests of their own (test/operations/agent/call-agent.test.ts).
    expect(answers.length > 0 || /cannot be reached|cannot be read/.test(what), what).toBe(true);
  });

  test("every row was found", () => {
    expect(rows).toHaveLength(9);
  });
});
