import { hookMessage } from "../contract/webhook/delivery.ts";
import type { DeliveryNeeds } from "../operations/webhook/do-delivery.ts";
import { doHook } from "../operations/webhook/do-hook.ts";
import { analyzerOf } from "./analyzer.ts";
import { redeliveryDelay } from "./redelivery-delay.ts";
import { registrarsOf } from "./registrars.ts";
import { sealerOf } from "./sealer.ts";
import { mayAskPrivate, settingsOf } from "./settings.ts";

/** A queue keeps a message back for at most so long; cron sends what waits for longer. */
const longestDelaySeconds = 3600;

/**
 * Consumes `webhook-events`: does what a webhook that came in asks for, then acknowledges. What cannot be done yet comes again when it says; what is
 * no message of ours is dropped with a line in the log, because D1 has every delivery.
 */
export async function consumeHooks(env: Env, batch: MessageBatch<unknown>, _now: Date): Promise<void> {
  const needs = wireDelivery(env);
  for (const message of batch.messages) {
    const body = hookMessage.safeParse(message.body);
    if (!body.success) {
      console.error(
        JSON.stringify({ level: "error", consume_hooks: message.id, error: "it is no message of this queue" }),
      );
      message.ack();
      continue;
    }
    try {
      const progress = await doHook(needs, body.data.delivery_id);
      if (progress.isDone) message.ack();
      else message.retry({ delaySeconds: Math.min(progress.afterSeconds, longestDelaySeconds) });
    } catch (error) {
      // D1 does not answer: it comes again.
      console.error(JSON.stringify({ level: "error", consume_hooks: body.data.delivery_id, error: String(error) }));
      message.retry(redeliveryDelay(message.attempts));
    }
  }
}

function wireDelivery(env: Env): DeliveryNeeds {
  const settings = settingsOf(env);
  return {
    db: env.DB,
    blobs: env.BLOBS,
    registrars: registrarsOf(env),
    policy: settings.COMPATIBILITY_POLICY,
    analyzer: analyzerOf(env),
    sealer: sealerOf(env),
    fetch: (url, init) => fetch(url, init),
    mayAskPrivate: mayAskPrivate(settings),
    now: () => new Date(),
  };
}
