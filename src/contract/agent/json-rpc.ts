import { z } from "zod";
import { runId } from "../run/run-id.ts";
import { stepPath } from "../workflow/step-path.ts";
import { skillId } from "./skill.ts";

/** The method of JSON-RPC 2.0 that skills are called by, and the path behind an agent's `url` that it is sent to. */
export const executeMethod = "execute";
export const executePath = "/execute";

/**
 * What an agent is sent: `POST {url}/execute`. The id is the call's key, which stands in the header `Idempotency-Key` too: a repetition with
 * the same key is the same call, of which nobody knows whether it arrived.
 */
export const executeRequest = z
  .object({
    jsonrpc: z.literal("2.0"),
    id: z.string(),
    method: z.literal(executeMethod),
    params: z.object({
      /** The id of the skill, as the agent's card has it. */
      skill: skillId,
      inputs: z.record(z.string(), z.json()),
      /** Who calls: the run of a workflow, and which step of it. */
      metadata: z.object({ run_id: runId, step: stepPath }),
    }),
  })
  .meta({ id: "ExecuteRequest" });
export type ExecuteRequest = z.infer<typeof executeRequest>;

/** How an agent says that it failed (JSON-RPC 2.0, section 5.1). `data.retryable` says whether the same call may yet succeed. */
export const executeError = z.looseObject({ code: z.int(), message: z.string(), data: z.unknown().optional() });
export type ExecuteError = z.infer<typeof executeError>;

/** What an agent answers: a result or an error. `id` is the request's; null in errors of agents that could not read it. */
export const executeAnswer = z.looseObject({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string(), z.number(), z.null()]),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});
