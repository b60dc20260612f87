import type { ServerResponse } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { executeRequest } from "../../../src/contract/agent/json-rpc.ts";
import { limits } from "../../../src/contract/limits.ts";
import { anAgentServer, call, sendJson } from "./an-agent-server.ts";

/** A server until the test ends. */
async function serve(answer: (response: ServerResponse, id: string) => void) {
  const server = await anAgentServer(answer);
  onTestFinished(() => server.close());
  return server;
}

const result = (value: unknown) => (response: ServerResponse, id: string) =>
  sendJson(response, { jsonrpc: "2.0", id, result: value });
const object = { type: "object", required: ["n"], properties: { n: { type: "integer" } } };

describe("a call of an agent", () => {
  test("is a POST to /execute behind its address, with the key as id and header", async () => {
    const server = await serve(result({ n: 1 }));
    for (const url of [`${server.url}/a2a`, `${server.url}/a2a/`])
      expect(await call(url, { key: "run/step#2" })).toEqual({ ok: true, outputs: { n: 1 } });
    expect(server.asked.map(({ path }) => path)).toEqual(["/a2a/execute", "/a2a/execute"]);
    expect(server.asked[0]?.headers).toMatchObject({
      "content-type": "application/json",
      accept: "application/json",
      "idempotency-key": "run/step#2",
      "x-request-id": "0190f5f0-0000-7000-8000-000000000000",
      "user-agent": "callsheet",
    });
    expect(executeRequest.parse(JSON.parse(server.asked[0]?.body ?? ""))).toEqual({
      jsonrpc: "2.0",
      id: "run/step#2",
      method: "execute",
      params: {
        skill: "work",
        inputs: { task: "x" },
        metadata: { run_id: "0190f5f0-0000-7000-8000-000000000000", step: "each[0]/step" },
      },
    });
  });

  test("tells the agent who calls, where it is known by its address", async () => {
    const server = await serve(result(1));
    const credentials = { [server.url]: { Authorization: "Bearer s3cret" } };
    await call(server.url, { needs: { credentials } });
    await call(`${server.url}/other`, { needs: { credentials } });
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(["Bearer s3cret", undefined]);
  });

  test.each<[unknown]>([[[1]], ["text"], [null]])("gives a result that is no map as `result`: %j", async (value) => {
    const server = await serve(result(value));
    expect(await call(server.url)).toEqual({ ok: true, outputs: { result: value } });
  });

  test("is not made with inputs that the card does not allow", async () => {
    const server = await serve(result({}));
    expect(await call(server.url, { pin: { input_schema: object }, inputs: { n: "1" } })).toMatchObject({
      failure: {
        class: "validation",
        code: "invalid_inputs",
        message:
          'the inputs of work do not fit the input_schema of agent worker@1.0.0, which was not called: /n: expected an integer, found the string "1"',
      },
    });
    expect(server.asked).toEqual([]);
  });

  test("is not made where the card's schemas cannot be used: its work would be in vain", async () => {
    const server = await serve(result({}));
    expect(await call(server.url, { pin: { output_schema: { $ref: "https://evil.test/x" } } })).toMatchObject({
      failure: {
        class: "permanent",
        code: "agent_error",
        message: expect.stringContaining("the output_schema of work cannot be used"),
      },
    });
    expect(server.asked).toEqual([]);
  });

  test("fails with the places where the result is not as the card says, also of a result that is no map", async () => {
    const server = await serve(result([{ n: 1 }, {}, { n: null }]));
    expect(await call(server.url, { pin: { output_schema: { type: "array", items: object } } })).toMatchObject({
      isAnswered: true,
      failure: {
        class: "validation",
        code: "invalid_outputs",
        message:
          'what agent worker@1.0.0 gave for work does not fit its output_schema: /1: expected the property "n", which is missing; /2/n: expected an integer, found null',
      },
    });
  });

  test("does not follow the agent elsewhere", async () => {
    const server = await serve((response) => response.writeHead(307, { location: "/elsewhere" }).end());
    expect(await call(server.url)).toMatchObject({
      isAnswered: true,
      failure: { class: "permanent", code: "agent_error" },
    });
    expect(server.asked.map(({ path }) => path)).toEqual(["/execute"]);
  });

  test("is not made to a private address by a registry that others use too", async () => {
    const server = await serve(result({}));
    expect(await call(server.url, { needs: { mayAskPrivate: false } })).toMatchObject({
      failure: { class: "permanent", message: expect.stringContaining("127.0.0.1 is an address of this machine") },
    });
    expect(server.asked).toEqual([]);
  });
});

describe("of an agent that did not answer, nobody knows what it did:", () => {
  const unanswered = { ok: false, isAnswered: false, failure: { class: "transient", code: "agent_unreachable" } };

  test("one that is not there", async () => {
    expect(await call("http://127.0.0.1:1")).toMatchObject(unanswered);
  });

  test("one that hangs up at once, or within its answer", async () => {
    const atOnce = await serve((response) => response.destroy());
    expect(await call(atOnce.url)).toMatchObject(unanswered);
    const within = await serve((response) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "100" }).write('{"jsonrpc":');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await call(within.url)).toMatchObject(unanswered);
  });

  test("one that is silent, and one that sends a byte now and then", async () => {
    const silent = await serve(() => undefined);
    expect(await call(silent.url, { timeoutMs: 100 })).toMatchObject({
      ...unanswered,
      failure: { message: "agent worker@1.0.0 did not answer work within 0.1 s" },
    });
    const dripping = await serve((response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      const drip = setInterval(() => response.write(" "), 10);
      response.on("close", () => clearInterval(drip));
    });
    expect(await call(dripping.url, { timeoutMs: 200 })).toMatchObject(unanswered);
  });

  test("one that says to come again later", async () => {
    const busy = await serve((response) => response.writeHead(503, { "Retry-After": "3" }).end("busy"));
    expect(await call(busy.url)).toMatchObject({ ...unanswered, retryAfterMs: 3000, failure: { detail: "busy" } });
  });
});

describe("an answer that is too large", () => {
  const tooLarge = {
    isAnswered: true,
    failure: { code: "invalid_outputs", message: expect.stringContaining("more than 4 MiB") },
  };

  test("is not read to its end", async () => {
    let sent = 0;
    const server = await serve((response) => {
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536))) sent += 65_536;
      };
      response.writeHead(200, { "Content-Type": "application/json" }).on("drain", more);
      more();
    });
    expect(await call(server.url)).toMatchObject(tooLarge);
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  test("is one byte more than what is taken", async () => {
    const envelope = (id: string, text: string) => JSON.stringify({ jsonrpc: "2.0", id, result: text });
    const server = await serve((response, id) => {
      const room = limits.agentAnswerBytes - Buffer.byteLength(envelope(id, ""));
      const text = "x".repeat(room + (id === "more" ? 1 : 0));
      response.writeHead(200, { "Content-Type": "application/json" }).end(envelope(id, text));
    });
    expect(await call(server.url, { key: "just" })).toMatchObject({ ok: true });
    expect(await call(server.url, { key: "more" })).toMatchObject(tooLarge);
  });
});
