import { hasBlob, putBlob } from "../../bindings/r2/blob-store.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import type { WorkflowPlan } from "../../contract/workflow/plan.ts";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { rememberedPlan, rememberPlan } from "./plan-memory.ts";

/** A plan and the digest that its bytes lie under. */
export interface PlacedPlan {
  digest: string;
  plan: WorkflowPlan;
}

/** Puts a plan where runs name it by its digest. The same plan again is placed once. */
export async function placePlan(blobs: R2Bucket, plan: WorkflowPlan): Promise<Result<PlacedPlan, Failure>> {
  const bytes = bytesOf(plan);
  if (bytes.byteLength > limits.planBytes) return planTooLarge(bytes.byteLength);
  const digest = digestOfBytes(bytes);
  if (rememberedPlan(digest)?.isNamed !== true) await putBlob(blobs, digest, bytes, mediaType);
  rememberPlan(digest, plan, bytes.byteLength, false);
  return success({ digest, plan });
}

/** What is called together is too large to be kept for a run. */
export function planTooLarge(sizeBytes: number): Result<never, Failure> {
  const message = `the workflow and all that it calls take ${sizeBytes} bytes together; at most ${limits.planBytes} are taken: call fewer workflows, or smaller ones`;
  return refusal({ code: "LIMIT_REACHED", message });
}

/**
 * What is left to do once a run names a plan: a sweep that was removing these very bytes may have done so after they were placed and before they
 * were named. Now nothing takes them any more.
 */
export async function keepPlan(blobs: R2Bucket, { digest, plan }: PlacedPlan): Promise<void> {
  if (rememberedPlan(digest)?.isNamed === true) return;
  const bytes = bytesOf(plan);
  if (!(await hasBlob(blobs, digest))) await putBlob(blobs, digest, bytes, mediaType);
  rememberPlan(digest, plan, bytes.byteLength, true);
}

const mediaType = "application/json";

/** Keys stay as they are: the cases of a switch have an order. */
function bytesOf(plan: WorkflowPlan): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(plan));
}
