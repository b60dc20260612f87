import { readBlob } from "../../bindings/r2/blob-store.ts";
import { type WorkflowPlan, workflowPlan } from "../../contract/workflow/plan.ts";
import { rememberedPlan, rememberPlan } from "./plan-memory.ts";

/** The plan of a run of a workflow, by its digest. */
export async function loadPlan(blobs: R2Bucket, digest: string): Promise<WorkflowPlan> {
  const known = rememberedPlan(digest);
  if (known !== null) return known.plan;
  const bytes = await readBlob(blobs, digest);
  if (bytes === null) throw new Error(`the plan ${digest} is missing from R2`);
  const plan = workflowPlan.parse(JSON.parse(new TextDecoder().decode(bytes)));
  rememberPlan(digest, plan, bytes.byteLength, false);
  return plan;
}
