import { counters } from "../../metrics/counters.ts";
import { endAttempt } from "../ending/end-attempt.ts";
import { failureOf } from "../ending/failure-of.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";

/** A lease is over though its runner never said how the job went. */
export function loseLease(
  pool: OpenPool,
  leased: LeasedJob,
  code: "lease_expired" | "runner_lost",
  message: string,
): void {
  counters.leaseExpiries.add(leased.job.pool);
  endAttempt(pool, leased, failureOf(pool, leased, { class: "transient", code, message, detail: null }));
}
