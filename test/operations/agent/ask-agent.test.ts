import { createServer, type RequestListener } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { askAgent } from "../../../src/operations/agent/ask-agent.ts";

const asking = {
  fetch: (url: string, init: RequestInit) => fetch(url, init),
  mayAskPrivate: true,
  nowMs: () => Date.now(),
};

/** An agent on a free port of this machine until the test ends; `paths` are those that it was asked for. */
async function anAgent(answer: RequestListener): Promise<{ url: string; paths: string[] }> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return { url: `http://127.0.0.1:${address.port}`, paths };
}

/** Answers with a status for each path; 404 for others. */
function statuses(of: Record<string, number>): RequestListener {
  return (request, response) => response.writeHead(of[request.url ?? ""] ?? 404, { location: "/elsewhere" }).end("{}");
}

describe("an agent that is asked", () => {
  test("is healthy when its health answers 2xx, whatever ends its address", async () => {
    const agent = await anAgent(statuses({ "/a2a/health": 204 }));
    for (const url of [`${agent.url}/a2a`, `${agent.url}/a2a/`]) {
      expect(await askAgent(asking, url)).toMatchObject({ state: "healthy", message: null });
    }
    expect(agent.paths).toEqual(["/a2a/health", "/a2a/health"]);
  });

  test("is asked for its card where it has no health", async () => {
    const agent = await anAgent(statuses({ "/.well-known/agent-card.json": 200 }));
    expect(await askAgent(asking, agent.url)).toMatchObject({ state: "healthy" });
    expect(agent.paths).toEqual(["/health", "/.well-known/agent-card.json"]);
  });

  test("that has neither is unhealthy, and the message says what was asked", async () => {
    const agent = await anAgent(statuses({ "/health": 401 }));
    expect(await askAgent(asking, agent.url)).toEqual({
      state: "unhealthy",
      latencyMs: null,
      message: "GET /health answered 401; GET /.well-known/agent-card.json answered 404",
    });
  });

  test("that says it is broken is not asked for its card", async () => {
    const agent = await anAgent(statuses({ "/health": 503, "/.well-known/agent-card.json": 200 }));
    expect(await askAgent(asking, agent.url)).toMatchObject({
      state: "unhealthy",
      message: "GET /health answered 503",
    });
    expect(agent.paths).toEqual(["/health"]);
  });

  test("cannot send the registry elsewhere", async () => {
    const agent = await anAgent(statuses({ "/health": 302, "/.well-known/agent-card.json": 307, "/elsewhere": 200 }));
    expect(await askAgent(asking, agent.url)).toMatchObject({ state: "unhealthy" });
    expect(agent.paths).not.toContain("/elsewhere");
  });

  test("may send a body without end: none of it is waited for", async () => {
    const agent = await anAgent((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.writeHead(200).on("drain", more);
      more();
    });
    expect(await askAgent(asking, agent.url)).toMatchObject({ state: "healthy" });
  });

  test("that is not there is unhealthy", async () => {
    expect(await askAgent(asking, "http://127.0.0.1:1")).toEqual({
      state: "unhealthy",
      latencyMs: null,
      message: "GET /health was not answered",
    });
  });

  test("that never answers is given up", async () => {
    const agent = await anAgent(() => undefined);
    const message = `GET /health did not answer within ${limits.healthTimeoutMs / 1000} s`;
    expect(await askAgent(asking, agent.url)).toMatchObject({ state: "unhealthy", message });
  });

  test("of a private network is not asked by a registry that others reach too", async () => {
    const agent = await anAgent(statuses({ "/health": 200 }));
    const found = await askAgent({ ...asking, mayAskPrivate: false }, agent.url);
    expect(found).toEqual({
      state: "unknown",
      latencyMs: null,
      message: "it is not asked: 127.0.0.1 is an address of this machine",
    });
    expect(agent.paths).toEqual([]);
  });
});
