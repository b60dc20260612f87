import { type KeyedRequest, loadKey } from "../../bindings/d1/run/idempotency-keys.ts";
import { keysSince } from "../../bindings/d1/run/insert-run.ts";
import { loadJob } from "../../bindings/d1/run/run-row.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Run } from "../../contract/run/run.ts";
import { type Result, refusal } from "../../domain/result.ts";
import { readRun } from "./read-run.ts";
import type { RunNeeds } from "./run-needs.ts";

/**
 * The run that an earlier request with this key made, as it is now; null when the key is free. A run that was recorded just before
 * its request died may not have reached its pool yet, so it is offered again; a workflow may have no instance.
 */
export async function findKeyedRun(needs: RunNeeds, keyed: KeyedRequest): Promise<Result<Run, Failure> | null> {
  const used = await loadKey(needs.db, keyed, keysSince(needs.now().toISOString()));
  if (used === null) return null;
  if (used.request_digest !== keyed.requestDigest) {
    return refusal({
      code: "IDEMPOTENCY_CONFLICT",
      message: `the Idempotency-Key "${keyed.key}" was used for another request, which made run ${used.run_id}; take a new key for a new request`,
    });
  }
  const run = await readRun(needs, used.run_id);
  if (run.ok && isUnoffered(run.value)) needs.later(offerAgain(needs, run.value));
  return run;
}

function isUnoffered(run: Run): boolean {
  return run.state === "queued" && (run.kind === "workflow" || run.waiting?.why === "not_offered");
}

async function offerAgain(needs: RunNeeds, run: Run): Promise<void> {
  if (run.kind === "workflow") return needs.workflows.start(run.id);
  const job = await loadJob(needs.db, run.id);
  if (job !== null) await needs.pools(job.pool).offer(job);
}
