import { z } from "zod";
import { limits } from "../limits.ts";
import { duration, retry } from "./retry.ts";

/** Id of a step, by which others refer to its outputs. */
export const stepId = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9_]*$/, "a step's id starts with a letter and goes on with a-z, 0-9 and _");

/** Name that a step's result goes under (`outputs: plan`), or that a map gives its items. */
export const alias = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, "a name starts with a letter and goes on with letters, digits and _");

/** A skill as steps write it: `numpy.sharpen@^1`, `workflow/code-generation@v1`. */
export const skillText = z
  .string()
  .min(1)
  .max(128 + 20 + limits.selectorLength);

/** What a step calls its skill with. Texts in it may hold `{{ … }}`. */
export const stepInputs = z.record(z.string(), z.json());
export type StepInputs = z.infer<typeof stepInputs>;

/** What undoes a step when a later one fails and the workflow compensates. */
export const compensation = z.strictObject({ skill: skillText, inputs: stepInputs.optional() });
export type Compensation = z.infer<typeof compensation>;

const condition = z.string().min(1);

/** Keys that steps of every type may have. */
const anyStep = {
  id: stepId,
  description: z.string().max(4000).optional(),
  /** CEL, with or without the braces. Of a switch: the value that chooses; of a conditional: which branch; of others: whether at all. */
  condition: condition.optional(),
  timeout: duration.optional(),
};

/** A step that calls a skill. */
export const callStep = z.strictObject({
  ...anyStep,
  step_type: z.literal("sequential").optional(),
  skill: skillText,
  inputs: stepInputs.optional(),
  outputs: alias.optional(),
  retry: retry.optional(),
  compensate: compensation.optional(),
});
export type CallStep = z.infer<typeof callStep>;

/** A step that waits until somebody says yes or no. */
export const approvalStep = z.strictObject({
  ...anyStep,
  step_type: z.literal("approval"),
  /** What is asked; may hold `{{ … }}`. */
  message: z.string().min(1).max(4000),
  /** Who may answer; anybody who may run the workflow, when absent. */
  approvers: z.array(z.string().min(1).max(200)).min(1).max(limits.approvers).optional(),
  /** The answer when time is up; without one, the step fails then. */
  default: z.enum(["approve", "reject"]).optional(),
  /** What a no does: the step fails, or it gives `approved: false`. `fail` when absent. */
  on_reject: z.enum(["fail", "continue"]).optional(),
  outputs: alias.optional(),
});
export type ApprovalStep = z.infer<typeof approvalStep>;

/** Keys of every step with steps inside. `skill` is tolerated, and ignored. */
const container = { ...anyStep, skill: z.json().optional() };

// The types of what contains itself are written out; the schemas below are checked against them.
type Container = z.infer<z.ZodObject<typeof container, z.core.$strict>>;

/** Steps one after the other, as one: a parallel's branch of several steps. */
export interface SequenceStep extends Container {
  step_type: "sequential";
  branches: { steps: Step[] };
}

/** Steps at the same time. */
export interface ParallelStep extends Container {
  step_type: "parallel";
  branches: { steps: Step[] };
}

/** One list of steps or the other. */
export interface ConditionalStep extends Container {
  step_type: "conditional";
  condition: string;
  branches: { if_true: Step[]; if_false?: Step[] | undefined };
}

/** The list of steps whose key is the value of `condition`, else `default`. */
export interface SwitchStep extends Container {
  step_type: "switch";
  condition: string;
  branches: Record<string, Step[]>;
}

/** The same steps for each item of a list. */
export interface MapStep extends Container {
  step_type: "map";
  outputs?: string | undefined;
  branches: {
    over: string | z.core.util.JSONType[];
    as?: string | undefined;
    max_concurrency?: number | undefined;
    steps: Step[];
  };
}

export type Step = CallStep | ApprovalStep | SequenceStep | ParallelStep | ConditionalStep | SwitchStep | MapStep;

const steps: z.ZodType<Step[]> = z.array(z.lazy(() => step));
const someSteps: z.ZodType<Step[]> = z.array(z.lazy(() => step)).min(1);

export const sequenceStep = z.strictObject({
  ...container,
  step_type: z.literal("sequential"),
  branches: z.strictObject({ steps: someSteps }),
});

export const parallelStep = z.strictObject({
  ...container,
  step_type: z.literal("parallel"),
  branches: z.strictObject({ steps: someSteps }),
});

export const conditionalStep = z.strictObject({
  ...container,
  step_type: z.literal("conditional"),
  condition,
  branches: z.strictObject({ if_true: someSteps, if_false: steps.optional() }),
});

export const switchStep = z.strictObject({
  ...container,
  step_type: z.literal("switch"),
  condition,
  branches: z.record(z.string(), steps),
});

export const mapStep = z.strictObject({
  ...container,
  step_type: z.literal("map"),
  outputs: alias.optional(),
  branches: z.strictObject({
    /** An expression that gives a list, or the list itself. */
    over: z.union([z.string().min(1), z.array(z.json())]),
    /** What the item is called inside; `item` when absent. */
    as: alias.optional(),
    /** Items at the same time; all that the workflow may have, when absent. */
    max_concurrency: z.int().min(1).max(limits.mapConcurrency).optional(),
    steps: someSteps,
  }),
});

/** One step of any type. */
export const step: z.ZodType<Step> = z.union([
  callStep,
  approvalStep,
  sequenceStep,
  parallelStep,
  conditionalStep,
  switchStep,
  mapStep,
]);
z.globalRegistry.add(step, { id: "WorkflowStep", description: "One step: a call, a question, or steps inside." });

/** What `step_type` can say; `sequential` when it says nothing. */
export const stepType = z.enum(["sequential", "parallel", "conditional", "switch", "map", "approval"]);
export type StepType = z.infer<typeof stepType>;
