import { z } from "zod";
import { limits } from "../limits.ts";

/** A pool's name: a-z and 0-9, with single . _ - between them. */
export const poolName = z
  .string()
  .regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/, "a pool is a-z and 0-9, with single . _ - between them")
  .max(64);

/** Of each attempt. */
export const timeoutSeconds = z
  .int()
  .min(1)
  .max(7 * 24 * 3600);

export const maxAttempts = z.int().min(1).max(20);

/** 1 waits longest, 10 goes first. A waiting run gains one step a minute, so that none waits for ever. */
export const priority = z.int().min(1).max(10);

export const labelKey = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_./-]{0,62}$/, "a label's key is 1 to 63 letters, digits, _ . / -");
export const labelValue = z
  .string()
  .max(128)
  .regex(/^[^\p{Cc}]*$/u, "a label's value has no control characters");

/** Facts that people attach to a run, or that a runner says of itself. */
export const labels = z
  .record(labelKey, labelValue)
  .refine((given) => Object.keys(given).length <= limits.labels, `at most ${limits.labels} labels`);
export type Labels = z.infer<typeof labels>;

/** Body of `POST …/runs`. A string that starts with `@` is a reference to an entity's value; `@@` stands for a plain `@`. */
export const runRequest = z
  .strictObject({
    inputs: z.record(z.string(), z.unknown()),
    /** 1 to 10; 5 when absent. */
    priority: priority.optional(),
    /** The template's own pool, else `default`, when absent. */
    pool: poolName.optional(),
    labels: labels.optional(),
    /** For each attempt; the template's own when absent. */
    timeout_seconds: timeoutSeconds.optional(),
    max_attempts: maxAttempts.optional(),
    /** Labels that the runner must carry, beside those that the template asks for. */
    runner_labels: labels.optional(),
  })
  .meta({ id: "RunRequest", description: "What to run with, and how." });
export type RunRequest = z.infer<typeof runRequest>;
