import type { ErrorHandling } from "../../contract/workflow/document.ts";
import type { Retry, RetryRule } from "../../contract/workflow/retry.ts";
import type { FullRetryRule } from "./retry-wait.ts";

/** How a step is tried again: as it says, else as `error_handling` says for all, else not at all. */
export function retryOfStep(retry: Retry | undefined, handling: ErrorHandling | undefined): FullRetryRule {
  const rule: Partial<RetryRule> = typeof retry === "number" ? { max_attempts: retry } : (retry ?? {});
  const { initial_seconds: first, max_seconds: most } = rule;
  return {
    max_attempts: rule.max_attempts ?? (handling?.retry_count ?? 0) + 1,
    backoff: rule.backoff ?? handling?.backoff ?? "exponential",
    initial_seconds: first ?? Math.min(firstWaitSeconds, most ?? firstWaitSeconds),
    max_seconds: most ?? Math.max(longestWaitSeconds, first ?? 0),
  };
}

// As the pools of runners wait (domain/run/failure-rules.ts).
const firstWaitSeconds = 2;
const longestWaitSeconds = 300;
