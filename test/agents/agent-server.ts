import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { ZodError } from "zod";
import { type ExecuteRequest, executeRequest } from "../../src/contract/agent/json-rpc.ts";
import type { JsonMap } from "../../src/domain/document/json-value.ts";
import type { AgentJournal } from "./agent-journal.ts";
import type { AgentSkills } from "./agent-skills.ts";
import { type AgentSwitches, agentSwitches } from "./agent-switches.ts";

/** What an agent is made of. */
export interface AgentParts {
  skills: AgentSkills;
  journal: AgentJournal;
  switches: AgentSwitches;
  /** Ends the process at once, as a crash would. */
  crash: () => void;
}

/**
 * An agent as the registry calls it: `POST /execute` (JSON-RPC 2.0), `GET /health`, and `PUT /switches` for tests. A key whose work was done is
 * answered from the journal, and two calls with one key that come at the same time share the work: so nothing is done twice.
 */
export function agentServer(parts: AgentParts): Server {
  let { switches } = parts;
  const underWay = new Map<string, Promise<JsonMap>>();

  async function execute(request: ExecuteRequest, response: ServerResponse): Promise<void> {
    const { id, params } = request;
    const { skill, inputs, metadata } = params;
    const about = { key: id, skill, runId: metadata.run_id, step: metadata.step };
    parts.journal.write({ ...about, type: "call", result: null });
    const { crash, delayMs, failWith } = switches;
    const fails = switches.failTimes > 0;
    switches = { ...switches, failTimes: Math.max(0, switches.failTimes - 1), crash: null };
    if (crash === "before") parts.crash();
    if (delayMs > 0) await pause(delayMs);
    if (fails && failWith === "broken") return void response.destroy();
    if (fails && failWith !== "broken_after") return fail(response, id, failWith);
    const work = Object.hasOwn(parts.skills, skill) ? parts.skills[skill] : undefined;
    if (work === undefined) return answer(response, 200, { id, error: { code: -32601, message: `no skill ${skill}` } });
    const known = parts.journal.resultOf(id);
    const doing = underWay.get(id) ?? (known === null ? Promise.resolve(inputs).then(work) : Promise.resolve(known));
    underWay.set(id, doing);
    try {
      const result = await doing;
      if (parts.journal.resultOf(id) === null) parts.journal.write({ ...about, type: "effect", result });
      if (crash === "after") parts.crash();
      if (fails) return void response.destroy();
      answer(response, 200, { id, result });
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      answer(response, 200, { id, error: { code: -32602, message: "invalid params", data: error.issues } });
    } finally {
      underWay.delete(id);
    }
  }

  return createServer((request, response) => {
    const route = `${request.method} ${request.url}`;
    if (route === "GET /health") return void answer(response, 200, { status: "ok" });
    void readJson(request).then(async (body) => {
      if (route === "PUT /switches") {
        switches = agentSwitches.parse(body);
        return answer(response, 200, switches);
      }
      if (route !== "POST /execute") return answer(response, 404, { message: `no route ${route}` });
      const call = executeRequest.safeParse(body);
      if (call.success) return execute(call.data, response);
      answer(response, 200, { id: null, error: { code: -32600, message: "invalid request", data: call.error.issues } });
    });
  });
}

function fail(response: ServerResponse, id: string, how: AgentSwitches["failWith"]): void {
  if (how === "503") answer(response, 503, { message: "out of breath" }, { "Retry-After": "1" });
  else if (how === "garbage") response.writeHead(200, { "Content-Type": "application/json" }).end("{]");
  else {
    const data = how === "retryable" ? { data: { retryable: true } } : {};
    answer(response, 200, { id, error: { code: -32000, message: "it did not work out", ...data } });
  }
}

function answer(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  const isRpc = "error" in body || "result" in body;
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(isRpc ? { jsonrpc: "2.0", ...body } : body));
}

/** Null where it is no JSON. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return null;
  }
}
