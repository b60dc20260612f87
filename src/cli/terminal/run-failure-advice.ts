import type { RunFailureCode } from "../../contract/run/run-failure.ts";

/** What someone can do about each way in which a run fails. */
export const runFailureAdvice = {
  handler_error: "the handler raised an error of its own; `callsheet runs logs` shows what it printed",
  invalid_inputs: "the interface allows these inputs, the handler does not: change them, or tighten the template",
  invalid_outputs: "the handler's outputs do not fit the template's: repair the handler, or the template",
  out_of_memory: "ask for less at once, or give requirements.resources.memory_gb what it takes",
  out_of_vram: "ask for a smaller size or batch, or raise vram_gb so that a larger device is chosen",
  timed_out: "give it longer with --timeout, or execution.timeout_seconds in the template",
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
} as const satisfies Record<RunFailureCode, string>;
