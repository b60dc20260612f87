import { z } from "zod";
import { runFailure } from "../run/run-failure.ts";
import { runId } from "../run/run-id.ts";
import { stepId, stepType } from "./step.ts";
import { stepPath } from "./step-path.ts";

/** Where a step of a run stands. `waiting`: for somebody's answer. `kept`: taken over from the run that this one is a retry of. The last five are final. */
export const stepStateName = z.enum(["running", "waiting", "succeeded", "kept", "failed", "skipped", "cancelled"]);
export type StepStateName = z.infer<typeof stepStateName>;

/** Somebody's answer to an approval; `by` is `timeout` where nobody answered in time. */
export const approvalAnswer = z.object({
  approved: z.boolean(),
  by: z.string(),
  comment: z.string().nullable(),
  at: z.string(),
});
export type ApprovalAnswer = z.infer<typeof approvalAnswer>;

/** What a step asks, of whom, until when, and what was answered. */
export const approvalState = z.object({
  message: z.string(),
  /** Null: whoever may run workflows. */
  approvers: z.array(z.string()).nullable(),
  until: z.string().nullable(),
  answer: approvalAnswer.nullable(),
});
export type ApprovalState = z.infer<typeof approvalState>;

/** A step of a run as it stands. Steps that were not reached yet are not told. */
export const stepState = z
  .object({
    path: stepPath,
    id: stepId,
    type: stepType,
    /** Sorts as the document has them; items of a map one after the other. */
    position: z.string(),
    state: stepStateName,
    /** Who answers to its skill: `function/numpy.sharpen@1.2.0`, `agent/builder@1.0.0#write_code`. Null for steps that call nothing. */
    skill: z.string().nullable(),
    /** The run that does it. */
    run: runId.nullable(),
    /** Attempts that were begun. */
    attempt: z.int(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
    /** Why it was skipped or cancelled, or what it waits for. */
    reason: z.string().nullable(),
    failure: runFailure.nullable(),
    input_entity: z.uuid().nullable(),
    output_entity: z.uuid().nullable(),
    approval: approvalState.nullable(),
    /** Items of a map; the branch that a conditional or a switch took. */
    items: z.int().nullable(),
    branch: z.string().nullable(),
  })
  .meta({ id: "StepState", description: "A step of a workflow's run." });
export type StepState = z.infer<typeof stepState>;
