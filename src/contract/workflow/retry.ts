import { z } from "zod";
import { limits } from "../limits.ts";
import { maxAttempts } from "../run/run-request.ts";

/** How the wait grows from one attempt to the next. */
export const backoff = z.enum(["exponential", "linear", "fixed"]);
export type Backoff = z.infer<typeof backoff>;

const waitSeconds = z.number().positive().max(limits.retryWaitSeconds);

/** A retry with all that can be said of it. `max_attempts` counts the first one too. */
export const retryRule = z.strictObject({
  max_attempts: maxAttempts,
  backoff: backoff.optional(),
  initial_seconds: waitSeconds.optional(),
  max_seconds: waitSeconds.optional(),
});
export type RetryRule = z.infer<typeof retryRule>;

/** `3`, or how the three are spread. */
export const retry = z.union([maxAttempts, retryRule]);
export type Retry = z.infer<typeof retry>;

/** Seconds, or a text with a unit: `30s`, `5m`, `2h`, `7d`. */
export const duration = z.union([
  z.number().positive(),
  z.string().regex(/^\d{1,9}(\.\d{1,3})?(ms|s|m|h|d)$/, "a duration is a number with ms, s, m, h or d, like 30s or 5m"),
]);
export type Duration = z.infer<typeof duration>;
