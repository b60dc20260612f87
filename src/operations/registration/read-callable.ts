import { z } from "zod";
import { readBlob } from "../../bindings/r2/blob-store.ts";
import type { Callable } from "../../contract/artifact/callable.ts";
import type { FunctionDefinition } from "../../contract/function/document.ts";
import type { Template } from "../../contract/template/document.ts";
import { workflowDocument } from "../../contract/workflow/document.ts";
import { callableWorkflow } from "../../domain/workflow/callable-workflow.ts";

/**
 * What a flattened document of ours holds, by the document's digest. Its rules were checked when it was registered and its digest proves
 * the bytes, so they are not checked again: a rule that was added since must not make a published version unreadable.
 */
export async function readCallable(blobs: R2Bucket, flattenedDigest: string): Promise<Callable> {
  return callableOf(await readFlattened(blobs, flattenedDigest));
}

/** The same where it must be a template. */
export async function readTemplate(blobs: R2Bucket, flattenedDigest: string): Promise<Template> {
  return templateOf(await readFlattened(blobs, flattenedDigest));
}

/** The template, function or workflow in a flattened document of ours. */
export function callableOf(document: unknown): Callable {
  const { template, function: definition, metadata } = flattened.parse(document);
  const found = template ?? definition;
  if (found !== undefined) return found;
  if (metadata === undefined) throw new Error("a flattened document holds no template, function or workflow");
  const workflow = workflowDocument.safeParse(document);
  if (workflow.success) return callableWorkflow(workflow.data);
  const { id, version, name } = metadata;
  return { id, version, name, interface: { inputs: null, outputs: null }, workflow: null };
}

/** The template in a flattened document of ours. */
export function templateOf(document: unknown): Template {
  return flattened.required({ template: true }).parse(document).template;
}

/** The function in a flattened document of ours. */
export function functionOf(document: unknown): FunctionDefinition {
  return flattened.required({ function: true }).parse(document).function;
}

async function readFlattened(blobs: R2Bucket, flattenedDigest: string): Promise<unknown> {
  const bytes = await readBlob(blobs, flattenedDigest);
  if (bytes === null) throw new Error(`blob ${flattenedDigest} is missing from R2`);
  return JSON.parse(new TextDecoder().decode(bytes));
}

const isObject = (value: unknown) => typeof value === "object" && value !== null;
const flattened = z.object({
  template: z.custom<Template>(isObject).optional(),
  function: z.custom<FunctionDefinition>(isObject).optional(),
  metadata: z.object({ id: z.string(), version: z.string(), name: z.string() }).optional(),
});
