import type { FailureClass } from "../../contract/run/run-failure.ts";
import type { RetryRule } from "../../contract/workflow/retry.ts";
import { type FailureRule, failureRules } from "../run/failure-rules.ts";

/** A retry rule with nothing left open. */
export type FullRetryRule = { [Key in keyof RetryRule]-?: NonNullable<RetryRule[Key]> };

/** How long a step waits after its attempt number `attempt`, which failed, in milliseconds. */
export function retryWaitMs(rule: FullRetryRule, attempt: number): number {
  const { backoff, initial_seconds: initial, max_seconds: most } = rule;
  const grown =
    backoff === "exponential" ? initial * 2 ** (attempt - 1) : backoff === "linear" ? initial * attempt : initial;
  return Math.round(Math.min(grown, most) * 1000);
}

/** Whether a step that failed in these ways, the last of them last, is tried again: by class, and by the attempts that it has. */
export function isTriedAgain(rule: Pick<RetryRule, "max_attempts">, failures: readonly FailureClass[]): boolean {
  const last = failures.at(-1);
  if (last === undefined || failures.length >= rule.max_attempts) return false;
  const { mostFailures }: FailureRule = failureRules[last];
  return mostFailures === null || failures.filter((failed) => failed === last).length < mostFailures;
}
