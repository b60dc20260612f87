import type { EngineNeeds } from "../operations/workflow/run/engine-needs.ts";
import { settingsOf } from "./settings.ts";
import { wireRequest } from "./wire-request.ts";

/** Wires what a run of a workflow works with: what a request of its own would have. */
export function wireEngine(env: Env, ctx: ExecutionContext): EngineNeeds {
  const settings = settingsOf(env);
  const { lookUp, db, blobs, pools, gpuJobs, sandbox, workflows, feeds, later, now } = wireRequest(
    env,
    ctx,
    new Request("https://workflow.invalid/"),
  );
  return {
    ...{ lookUp, db, blobs, pools, gpuJobs, sandbox, workflows, feeds, later, now },
    fetch: (url, init) => fetch(url, init),
    mayAskPrivate: ["local", "test"].includes(settings.ENVIRONMENT),
    credentials: settings.AGENT_CREDENTIALS,
  };
}
