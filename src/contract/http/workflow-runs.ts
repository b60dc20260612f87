import { z } from "zod";
import { limits } from "../limits.ts";
import { run } from "../run/run.ts";
import { runId } from "../run/run-id.ts";
import { stepPath } from "../workflow/step-path.ts";
import { stepState } from "../workflow/step-state.ts";
import { cursor, pageLimit } from "./query.ts";
import { route } from "./route.ts";

const runParams = z.strictObject({ run_id: runId });
const runFailures = ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "RUN_NOT_FOUND", "UNAVAILABLE"] as const;

export const stepPage = z
  .object({ items: z.array(stepState), next_cursor: z.string().nullable() })
  .meta({ id: "StepPage", description: "A page of a run's steps, in the order of the document." });
export type StepPage = z.infer<typeof stepPage>;

export const listRunSteps = route({
  operationId: "listRunSteps",
  method: "GET",
  path: "/v1/runs/{run_id}/steps",
  tag: "Runs",
  summary: "Steps of a workflow's run, in the order of the document",
  description:
    "`GET /v1/runs/{run_id}` tells the first of them; this tells all. A run of anything but a workflow has none.",
  access: "run",
  params: runParams,
  query: z.strictObject({ limit: pageLimit, cursor }),
  answers: { 200: { description: "A page of steps", schema: stepPage } },
  failures: runFailures,
});

/** Body of `:approve`. */
export const approvalRequest = z
  .strictObject({
    /** Which step is answered; need not be said where only one waits. */
    step: stepPath.optional(),
    approved: z.boolean(),
    comment: z.string().min(1).max(limits.commentLength).optional(),
  })
  .meta({ id: "ApprovalRequest", description: "A yes or no to a step that waits for one." });
export type ApprovalRequest = z.infer<typeof approvalRequest>;

export const approveRun = route({
  operationId: "approveRun",
  method: "POST",
  path: "/v1/runs/{run_id}:approve",
  tag: "Runs",
  summary: "Answer a step that waits for an approval",
  description: "The first answer counts. The same answer again, by the same caller, is the same as once.",
  access: "run",
  params: runParams,
  body: { as: "json", schema: approvalRequest, limitBytes: limits.requestBytes },
  answers: { 200: { description: "Answered, now or before", schema: run } },
  failures: [...runFailures, "RUN_ENDED", "STEP_NOT_FOUND", "STATE_CONFLICT"],
});

/** Body of `:retry`. */
export const retryRequest = z
  .strictObject({
    /** Where to begin again; the first step that failed, when absent. Steps that come before it, or beside it, keep their results. */
    from: stepPath.optional(),
  })
  .meta({ id: "RetryRequest", description: "Where a new run of the same begins." });
export type RetryRequest = z.infer<typeof retryRequest>;

export const retryRun = route({
  operationId: "retryRun",
  method: "POST",
  path: "/v1/runs/{run_id}:retry",
  tag: "Runs",
  summary: "Run a workflow again from a step on, keeping what was done before",
  description:
    "A new run, on the same inputs and with the same pinned versions. It takes over the results of the steps that need not be done again; their state is `kept`.",
  access: "run",
  params: runParams,
  body: { as: "json", schema: retryRequest, limitBytes: limits.requestBytes, isOptional: true },
  answers: {
    202: { description: "Begun; Location names the new run", schema: run },
    200: { description: "Ended within `Prefer: wait`", schema: run },
  },
  failures: [...runFailures, "STEP_NOT_FOUND", "STATE_CONFLICT", "IDEMPOTENCY_CONFLICT", "FILE_NOT_FOUND"],
});
