import { loadAgentHealth } from "../../bindings/d1/agent/health-row.ts";
import type { AgentHealth } from "../../contract/agent/health.ts";
import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** Whether an agent answered when it was last asked. */
export async function findHealth(db: D1Database, name: string): Promise<Result<AgentHealth, Failure>> {
  const found = await loadAgentHealth(db, name);
  if (found !== null) return success(found);
  return refusal({
    code: "NAME_NOT_FOUND",
    message: `no agent is published under the name ${name}; GET /v1/agents?q=… searches`,
  });
}
