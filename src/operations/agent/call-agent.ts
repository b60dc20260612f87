import type { AgentCredentials } from "../../contract/agent/credentials.ts";
import type { PinnedAgent } from "../../contract/workflow/plan.ts";
import { type AgentOutcome, agentFailure } from "../../domain/agent/call/agent-outcome.ts";
import { readAgentSchemas, refuseAgentInputs, refuseAgentResult } from "../../domain/agent/call/check-agent-values.ts";
import { readAgentAnswer } from "../../domain/agent/call/read-agent-answer.ts";
import { credentialsFor } from "../../domain/agent/credentials-for.ts";
import { privateHost } from "../../domain/agent/private-host.ts";
import { isMap, type JsonMap } from "../../domain/document/json-value.ts";
import type { Fetch } from "./ask-agent.ts";
import { callAgentByHttp } from "./call-agent-by-http.ts";

export interface CallAgentNeeds {
  fetch: Fetch;
  /** Whether private, loopback and link-local addresses are called: on one's own machine only. */
  mayAskPrivate: boolean;
  /** What agents know us by; nothing when absent. */
  credentials?: AgentCredentials;
  now: () => Date;
}

/** One call of an agent's skill. */
export interface AgentCall {
  agent: PinnedAgent;
  inputs: JsonMap;
  /** Names the call. Of two calls with one key, an agent that keeps keys does the work once. */
  key: string;
  timeoutMs: number;
  runId: string;
  step: string;
}

/**
 * Calls an agent's skill by JSON-RPC 2.0 (docs/agents.md, "How an agent is called"). There is an outcome whatever the agent does, within
 * `timeoutMs`; a result that is no map is the output `result`.
 */
export async function callAgent(needs: CallAgentNeeds, call: AgentCall): Promise<AgentOutcome> {
  const { agent, inputs, key } = call;
  const { skill } = agent;
  const who = `agent ${agent.name}@${agent.version}`;
  const why = needs.mayAskPrivate ? null : privateHost(new URL(agent.url).hostname);
  if (why !== null) {
    const message = `${who} is not called: ${why}, and this registry is on a network that others share`;
    return agentFailure({ class: "permanent", code: "agent_error", message });
  }
  const schemas = readAgentSchemas(who, agent);
  if (!schemas.ok) return schemas.failure;
  const refused = refuseAgentInputs(who, skill, schemas.value.input, inputs);
  if (refused !== null) return refused;

  const credentials = credentialsFor(needs.credentials ?? {}, agent.url);
  const answered = await callAgentByHttp(needs.fetch, who, call, credentials);
  if (!answered.ok) return answered.failure;
  const read = readAgentAnswer({ who, skill, key, nowMs: needs.now().getTime() }, answered.value);
  if (!read.ok) return read;
  const { result } = read;
  return (
    refuseAgentResult(who, skill, schemas.value.output, result) ?? {
      ok: true,
      outputs: isMap(result) ? result : { result },
    }
  );
}
