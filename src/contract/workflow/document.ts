import { z } from "zod";
import { artifactName } from "../artifact/name.ts";
import { version } from "../artifact/version.ts";
import { limits } from "../limits.ts";
import { keyword } from "../template/document.ts";

/** Id of a step, by which others refer to its outputs. */
export const stepId = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9_]*$/, "a step's id starts with a letter and goes on with a-z, 0-9 and _");

/** What a workflow is called. */
export const workflowMetadata = z.looseObject({
  id: artifactName,
  name: z.string().min(1).max(200),
  version,
  description: z.string().max(10_000).optional(),
  author: z.string().min(1).max(200).optional(),
  category: z.string().max(50).optional(),
  tags: z.array(keyword).max(limits.keywords).optional(),
});
export type WorkflowMetadata = z.infer<typeof workflowMetadata>;

/** One step. What it does is kept as it is written; the engine that carries it out reads the rest. */
export const workflowStep = z.looseObject({ id: stepId });
export type WorkflowStep = z.infer<typeof workflowStep>;

const map = z.record(z.string(), z.unknown());

/** A workflow's document, as far as it is read now: what it is called, and steps with ids of their own. */
export const workflowDocument = z
  .strictObject({
    metadata: workflowMetadata,
    inputs: map.optional(),
    outputs: map.optional(),
    steps: z.array(workflowStep).min(1),
    error_handling: map.optional(),
  })
  .meta({ id: "WorkflowDocument" });
export type WorkflowDocument = z.infer<typeof workflowDocument>;
