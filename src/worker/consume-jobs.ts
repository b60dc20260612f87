import { insertDeadLetter } from "../bindings/d1/run/dead-letters.ts";
import { jobMessage } from "../contract/runner/job.ts";
import { deliverRuns } from "../operations/run/deliver-runs.ts";
import { redeliveryDelay } from "./redelivery-delay.ts";
import { runnerPoolsOf } from "./runner-pools.ts";

/**
 * Consumes `gpu-jobs`: each run is brought to its pool, then its message is acknowledged; a pool that cannot take it is tried again later
 * and later. What is no message of ours becomes a dead letter and holds up nobody.
 */
export async function consumeJobs(env: Env, batch: MessageBatch<unknown>, now: Date): Promise<void> {
  const parsed = batch.messages.map((message) => ({ message, body: jobMessage.safeParse(message.body) }));
  const runs = parsed.flatMap(({ message, body }) => (body.success ? [{ ...body.data, message }] : []));
  for (const { message, body } of parsed) {
    if (!body.success) await bury(env, batch.queue, message, null, "it is no message of this queue", now);
  }
  const told = new Set<string>();
  try {
    await deliverRuns({ db: env.DB, pools: runnerPoolsOf(env) }, runs, async ({ run_id, message }, delivery) => {
      told.add(message.id);
      if (delivery === "done") message.ack();
      else if (delivery === "missing") await bury(env, batch.queue, message, run_id, "there is no such run", now);
      else message.retry(redeliveryDelay(message.attempts));
    });
  } catch (error) {
    // D1 does not answer: all that was not told comes again.
    console.error(JSON.stringify({ level: "error", consume_jobs: String(error) }));
    for (const { message } of runs) if (!told.has(message.id)) message.retry(redeliveryDelay(message.attempts));
  }
}

/** Keeps a message that can never be carried out, and takes it off its queue. */
async function bury(
  env: Env,
  queue: string,
  message: Message<unknown>,
  runId: string | null,
  reason: string,
  now: Date,
): Promise<void> {
  const { id, body, attempts } = message;
  const letter = { id, queue, body, reason, attempts, run_id: runId, at: now.toISOString() };
  try {
    await insertDeadLetter(env.DB, letter);
    message.ack();
  } catch (error) {
    console.error(JSON.stringify({ level: "error", dead_letter: id, error: String(error) }));
    message.retry(redeliveryDelay(attempts));
  }
}
