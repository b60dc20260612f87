import { insertDeadLetter } from "../bindings/d1/run/dead-letters.ts";
import { jobMessage } from "../contract/runner/job.ts";
import { deliverRun } from "../operations/run/deliver-runs.ts";
import { failUndelivered } from "../operations/run/fail-undelivered.ts";
import { redeliveryDelay } from "./redelivery-delay.ts";
import { runnerPoolsOf } from "./runner-pools.ts";
import { workflowInstancesOf } from "./workflow-instances.ts";

/**
 * Consumes the queue of messages that `gpu-jobs` gave up. Each is tried once more, since its pool may have it by now or take it at last;
 * else its run fails, with why, so that nobody waits for what will not come. Either way the message is kept as a dead letter.
 */
export async function consumeDeadJobs(env: Env, batch: MessageBatch<unknown>, now: Date): Promise<void> {
  for (const message of batch.messages) {
    try {
      await settle(env, batch.queue, message, now);
      message.ack();
    } catch (error) {
      console.error(JSON.stringify({ level: "error", dead_job: message.id, error: String(error) }));
      message.retry(redeliveryDelay(message.attempts));
    }
  }
}

async function settle(env: Env, queue: string, message: Message<unknown>, now: Date): Promise<void> {
  const { id, body, attempts } = message;
  const parsed = jobMessage.safeParse(body);
  const runId = parsed.success ? parsed.data.run_id : null;
  const reason = parsed.success ? await lastTry(env, message, parsed.data, now) : "it is no message of this queue";
  if (reason === null) return;
  await insertDeadLetter(env.DB, { id, queue, body, reason, attempts, run_id: runId, at: now.toISOString() });
}

const told = {
  missing: "there is no such run",
  full: "the pool is full",
  silent: "the pool does not answer",
} as const;

/** Null when the run reached its pool, or has ended; else why it did not, and then the run has failed. */
async function lastTry(
  env: Env,
  { timestamp }: Message<unknown>,
  run: { run_id: string; pool: string },
  now: Date,
): Promise<string | null> {
  const workflows = workflowInstancesOf(env);
  const needs = { db: env.DB, blobs: env.BLOBS, pools: runnerPoolsOf(env), workflows, now: () => now };
  const delivery = await deliverRun(needs, run);
  if (delivery === "done") return null;
  const reason = told[delivery];
  await failUndelivered(needs, run.run_id, {
    message: `the run could not be handed to its pool: ${reason}`,
    detail: `every delivery by the queue failed, the last at ${now.toISOString()}; it was given up at ${timestamp.toISOString()}`,
  });
  return reason;
}
