import { loadJobs } from "../../bindings/d1/run/run-row.ts";
import type { RunnerPoolCalls } from "../../bindings/durable/runner-pool.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import type { JobMessage } from "../../contract/runner/job.ts";
import { askPool } from "./ask-pool.ts";
import { isPooled } from "./no-pool.ts";
import type { RunNeeds } from "./run-needs.ts";

/**
 * What became of a run that a queue wants delivered. `done`: its pool has it, or it has ended. `missing`: D1 does not know it. `full` and
 * `silent`: its pool cannot take it now.
 */
export type Delivery = "done" | "missing" | "full" | "silent";

/** A pool that does not answer for so long is passed over; the queue comes back to it. */
const offerTimeoutMs = 5000;

/**
 * Brings runs to their pools. Pools go side by side, so that a slow one holds up nobody else's runs; within a pool one offer follows the
 * other, and after one that fails the rest is left to the next delivery. Tells of each run as soon as it is known.
 */
export async function deliverRuns<Message extends JobMessage>(
  { db, pools }: Pick<RunNeeds, "db" | "pools">,
  messages: readonly Message[],
  tell: (message: Message, delivery: Delivery) => Promise<void> | void,
): Promise<void> {
  const found = await loadJobs(db, [...new Set(messages.map((message) => message.run_id))]);
  const deliver = async (ofPool: readonly Message[]): Promise<void> => {
    let isSilent = false;
    for (const message of ofPool) {
      const delivery: Delivery = isSilent ? "silent" : await deliverOne(pools, message, found.get(message.run_id));
      isSilent = delivery === "silent";
      await tell(message, delivery);
    }
  };
  await Promise.all([...Map.groupBy(messages, (message) => message.pool).values()].map(deliver));
}

/** Brings one run to its pool. */
export async function deliverRun(
  { db, pools }: Pick<RunNeeds, "db" | "pools">,
  message: JobMessage,
): Promise<Delivery> {
  const found = await loadJobs(db, [message.run_id]);
  return deliverOne(pools, message, found.get(message.run_id));
}

type Found = Awaited<ReturnType<typeof loadJobs>> extends Map<string, infer Row> ? Row | undefined : never;

async function deliverOne(
  pools: (pool: string) => RunnerPoolCalls,
  message: JobMessage,
  found: Found,
): Promise<Delivery> {
  if (found === undefined) return "missing";
  if (!isPooled(found.job.kind)) return "done";
  const pool = pools(found.job.pool);
  if (found.state === "cancelled") {
    // The pool may have been told before it had the run, or not at all.
    const dropped = await askPool(() => pool.drop(message.run_id, "cancelled"), offerTimeoutMs);
    return dropped.answered ? "done" : "silent";
  }
  if (isFinal(found.state)) return "done";
  const offered = await askPool(() => pool.offer(found.job), offerTimeoutMs);
  if (!offered.answered) return "silent";
  return offered.value === "full" ? "full" : "done";
}
