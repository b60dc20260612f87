import { z } from "zod";
import { artifactName } from "../artifact/name.ts";
import { version } from "../artifact/version.ts";
import { limits } from "../limits.ts";
import { inputs, keyword } from "../template/document.ts";
import {
  arrayField,
  booleanField,
  fieldName,
  fileField,
  floatField,
  integerField,
  objectField,
  stringField,
} from "../template/field.ts";
import { backoff, duration } from "./retry.ts";
import { step, stepId } from "./step.ts";

/** What a workflow is called. */
export const workflowMetadata = z.strictObject({
  id: artifactName,
  name: z.string().min(1).max(200),
  version,
  description: z.string().max(10_000).optional(),
  author: z.string().min(1).max(200).optional(),
  category: z.string().max(50).optional(),
  tags: z.array(keyword).max(limits.keywords).optional(),
});
export type WorkflowMetadata = z.infer<typeof workflowMetadata>;

const value = { value: z.json() };

/** An output that says its type too. */
export const typedOutput = z.discriminatedUnion("type", [
  stringField.extend(value),
  integerField.extend(value),
  floatField.extend(value),
  booleanField.extend(value),
  fileField.extend(value),
  arrayField.extend(value),
  objectField.extend(value),
]);
export type TypedOutput = z.infer<typeof typedOutput>;

/** What an output of the whole is made of: an expression or a text with some, or a field with that as its `value`. */
export const workflowOutput = z.union([z.string(), typedOutput]);
export type WorkflowOutput = z.infer<typeof workflowOutput>;

/** What follows when a step has failed for good. `rollback` means compensate. */
export const onError = z.enum(["fail", "continue", "compensate", "rollback"]);

/** What holds for every step that says nothing else, and for the whole. */
export const errorHandling = z.strictObject({
  /** Attempts after the first. */
  retry_count: z.int().min(0).max(limits.retryCount).optional(),
  backoff: backoff.optional(),
  /** Of the whole workflow. */
  timeout: duration.optional(),
  on_error: onError.optional(),
});
export type ErrorHandling = z.infer<typeof errorHandling>;

/** A workflow's document. */
export const workflowDocument = z
  .strictObject({
    metadata: workflowMetadata,
    inputs: inputs.optional(),
    outputs: z.record(fieldName, workflowOutput).optional(),
    steps: z.array(step).min(1),
    error_handling: errorHandling.optional(),
  })
  .meta({ id: "WorkflowDocument" });
export type WorkflowDocument = z.infer<typeof workflowDocument>;

/** A step as those read it who only show it: its id, and whatever else it says. */
export const workflowStep = z.looseObject({ id: stepId });
export type WorkflowStep = z.infer<typeof workflowStep>;
