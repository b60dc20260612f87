import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import { executeRequest } from "../../../src/contract/agent/json-rpc.ts";
import type { PinnedAgent } from "../../../src/contract/workflow/plan.ts";
import { type AgentCall, type CallAgentNeeds, callAgent } from "../../../src/operations/agent/call-agent.ts";

/** What an agent was asked. */
export interface Asked {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** An HTTP server of this process that answers as it is told. */
export interface AgentServer {
  url: string;
  asked: Asked[];
  close(): void;
}

export async function anAgentServer(answer: (response: ServerResponse, id: string) => void): Promise<AgentServer> {
  const asked: Asked[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    asked.push({ path: request.url ?? "", headers: request.headers, body });
    answer(response, executeRequest.parse(JSON.parse(body)).id);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Sends JSON as agents do. */
export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

/** A call of the skill `work` of the agent `worker` at an address. */
export function call(
  url: string,
  {
    pin = {},
    needs = {},
    ...more
  }: Partial<AgentCall> & { pin?: Partial<PinnedAgent>; needs?: Partial<CallAgentNeeds> } = {},
) {
  const agent: PinnedAgent = {
    kind: "agent",
    name: "worker",
    version: "1.0.0",
    digest: `sha256:${"0".repeat(64)}`,
    skill: "work",
    url,
    input_schema: null,
    output_schema: null,
    ...pin,
  };
  const asking = {
    fetch: (to: string, init: RequestInit) => fetch(to, init),
    mayAskPrivate: true,
    now: () => new Date(),
  };
  const runId = "0190f5f0-0000-7000-8000-000000000000";
  const given = { agent, inputs: { task: "x" }, key: "run/step", timeoutMs: 10_000, runId, step: "each[0]/step" };
  return callAgent({ ...asking, ...needs }, { ...given, ...more });
}
