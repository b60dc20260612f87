import type { RunFailureCode } from "../../contract/run/run-failure.ts";

/** What someone can do about each way in which a run fails. */
export const runFailureAdvice = {
  handler_error: "the handler or function raised an error of its own; `callsheet runs logs` shows what it printed",
  invalid_inputs:
    "the interface allows these inputs, what runs does not: change them, or say more in the template or the types",
  invalid_outputs:
    "what came out is not what the template or the function's types declare: repair the one or the other",
  out_of_memory: "ask for less at once, or give memory_gb (in the template, or the function's decorator) what it takes",
  out_of_vram: "ask for a smaller size or batch, or raise vram_gb so that a larger device is chosen",
  timed_out:
    "give it longer with --timeout, or timeout_seconds in the template or the function's decorator; at the edge the limit is fixed",
  process_died: "its process ended without a word; `callsheet runs logs` shows the last lines",
  handler_missing: "start a runner that has the handler: callsheet-runner run --handler NAME=module:function",
  model_missing: "put the model into the runner's models folder",
  dependency_missing: "install what is missing beside the runner",
  input_unavailable: "send the input file again: `callsheet files put`",
  upload_failed: "the runner could not hand its files over; run it again",
  sandbox_missing: "install bubblewrap on the runner: user code runs in a sandbox only",
  lease_expired: "the runner fell silent; `callsheet runners` tells which are there",
  runner_lost: "the runner went away; `callsheet runners` tells which are there",
  undeliverable: "the queue could not hand the run to its pool; run it again",
  expression_failed: "the workflow's expression does not fit what the steps gave: repair it and publish a new version",
  skill_missing: "publish who answers to the skill, then `callsheet runs retry`",
  agent_unreachable: "`callsheet agents` tells how agents are; `callsheet runs retry` goes on from here",
  agent_error: "the agent itself says that it failed; its own log knows more",
  rejected: "somebody said no; `callsheet runs retry` asks again",
  cancelled: "the workflow that it called was cancelled; `callsheet runs retry` goes on from here",
  limit_reached: "make the workflow smaller, or the list of its map shorter",
} as const satisfies Record<RunFailureCode, string>;
