import { z } from "zod";

/** What a failure means for the run: each class has one consequence (docs/architecture.md, "When a run fails"). */
export const failureClass = z.enum(["transient", "resource", "validation", "permanent", "unknown"]);
export type FailureClass = z.infer<typeof failureClass>;

/** What went wrong, from a closed list. */
export const runFailureCode = z.enum([
  /** The handler raised an error of its own. */
  "handler_error",
  /** The handler refused inputs that the interface allows. */
  "invalid_inputs",
  /** The handler gave outputs that the interface does not allow. */
  "invalid_outputs",
  "out_of_memory",
  "out_of_vram",
  /** Longer than `timeout_seconds`. */
  "timed_out",
  /** The job's process ended without an answer. */
  "process_died",
  "handler_missing",
  "model_missing",
  "dependency_missing",
  /** An input file could not be fetched, or its bytes are not what its digest says. */
  "input_unavailable",
  "upload_failed",
  /** User code, and no sandbox to put it in. */
  "sandbox_missing",
  /** The runner was not heard of until the lease ran out. */
  "lease_expired",
  /** The runner said goodbye, or its connection broke, and it did not come back. */
  "runner_lost",
  /** The queue could not hand the run to its pool. */
  "undeliverable",
  /** Of workflows: an expression gave no value, or one of a kind that does not fit its place. */
  "expression_failed",
  /** Nobody answers to a skill that was chosen while the workflow ran. */
  "skill_missing",
  /** An agent could not be reached, or broke off. */
  "agent_unreachable",
  /** An agent answered that it failed. */
  "agent_error",
  /** Somebody said no. */
  "rejected",
  /** A workflow that was called was cancelled. */
  "cancelled",
  /** A limit of workflows: steps of a run, items of a map, workflows inside of each other. */
  "limit_reached",
]);
export type RunFailureCode = z.infer<typeof runFailureCode>;

/** One failure of one attempt. */
export const runFailure = z
  .object({
    class: failureClass,
    code: runFailureCode,
    message: z.string(),
    /** The last lines of a traceback, when there is one. */
    detail: z.string().nullable(),
    attempt: z.int(),
    runner: z.string().nullable(),
    /** RFC 3339, UTC. */
    at: z.string(),
  })
  .meta({ id: "RunFailure", description: "Why an attempt failed, and of which class that is." });
export type RunFailure = z.infer<typeof runFailure>;
