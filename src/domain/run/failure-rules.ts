import type { FailureClass, RunFailure, RunFailureCode } from "../../contract/run/run-failure.ts";
import type { Device } from "../../contract/runner/capabilities.ts";
import type { JobNeeds } from "../../contract/runner/job.ts";
import { growNeeds } from "./grow-needs.ts";

/** What a class of failure means for the run. */
export interface FailureRule {
  /** Attempts that may fail in this way before the run fails; all that the run has when null. */
  mostFailures: number | null;
  /** The next attempt begins after a random time up to this, doubled for each attempt before (full jitter). */
  backoffMs: number;
  backoffMostMs: number;
  /** Why there is no further attempt, when attempts are left. */
  why: string;
}

/** One row for each class (docs/architecture.md, "When a run fails"). Attempts are never more than the run's `max_attempts`. */
export const failureRules = {
  /** The machine's or the network's fault: the same again, elsewhere or later. */
  transient: { mostFailures: null, backoffMs: 2000, backoffMostMs: 300_000, why: "" },
  /** Too little memory: again at once, asking for more. */
  resource: { mostFailures: null, backoffMs: 1000, backoffMostMs: 5000, why: "" },
  validation: { mostFailures: 1, backoffMs: 0, backoffMostMs: 0, why: "the same inputs would fail again" },
  permanent: { mostFailures: 1, backoffMs: 0, backoffMostMs: 0, why: "another attempt would fail too" },
  /** Nobody can tell: one more try. */
  unknown: { mostFailures: 2, backoffMs: 2000, backoffMostMs: 300_000, why: "it failed twice without a known reason" },
} as const satisfies Record<FailureClass, FailureRule>;

/** The class that a code has whatever the runner says; null where the runner knows better. */
export const classOfCode = {
  handler_error: null,
  invalid_inputs: "validation",
  invalid_outputs: "validation",
  out_of_memory: "resource",
  out_of_vram: "resource",
  timed_out: "permanent",
  process_died: null,
  handler_missing: null,
  model_missing: null,
  dependency_missing: null,
  input_unavailable: null,
  upload_failed: null,
  sandbox_missing: null,
  lease_expired: "transient",
  runner_lost: "transient",
  undeliverable: "permanent",
  expression_failed: "permanent",
  skill_missing: "permanent",
  agent_unreachable: "transient",
  agent_error: null,
  rejected: "permanent",
  cancelled: "permanent",
  limit_reached: "permanent",
} as const satisfies Record<RunFailureCode, FailureClass | null>;

/** What follows a failed attempt. */
export type AfterFailure =
  | { next: "retry"; notBeforeMs: number; needs: JobNeeds }
  /** `why`: for people. */
  | { next: "fail"; why: string };

/** The class of a failure: the code's own, else what the runner says. */
export function failureClassOf(code: RunFailureCode, said: FailureClass): FailureClass {
  return classOfCode[code] ?? said;
}

/**
 * What follows a failed attempt. `attempt`: the one that failed, from 1. `hadUnknown`: an earlier attempt of this run failed with class
 * `unknown`. `device`: that the attempt had. `random`: 0 to 1.
 */
export function afterFailure(given: {
  failure: RunFailure;
  needs: JobNeeds;
  attempt: number;
  maxAttempts: number;
  hadUnknown: boolean;
  device: Device | null;
  random: number;
  nowMs: number;
}): AfterFailure {
  const { failure, attempt, maxAttempts } = given;
  const failureClass = failureClassOf(failure.code, failure.class);
  const rule: FailureRule = failureRules[failureClass];
  const failures = failureClass === "unknown" && given.hadUnknown ? 2 : 1;
  if (rule.mostFailures !== null && failures >= rule.mostFailures) {
    return { next: "fail", why: `not tried again after attempt ${attempt} of ${maxAttempts}: ${rule.why}` };
  }
  if (attempt >= maxAttempts) {
    return {
      next: "fail",
      why: maxAttempts === 1 ? "its one attempt is spent" : `its ${maxAttempts} attempts are spent`,
    };
  }
  const ceiling = Math.min(rule.backoffMs * 2 ** (attempt - 1), rule.backoffMostMs);
  return {
    next: "retry",
    notBeforeMs: Math.round(given.nowMs + given.random * ceiling),
    needs: growNeeds(given.needs, failure.code, given.device),
  };
}
