import { wakeCouriers } from "./couriers.ts";
import { redeliveryDelay } from "./redelivery-delay.ts";

/**
 * Consumes `outgoing-events`: wakes the couriers of those who subscribed. What a message says does not matter: couriers read from D1 what
 * they have not seen, so one wake does for all messages, and a message too many does no harm.
 */
export async function consumeOutgoing(env: Env, batch: MessageBatch<unknown>, _now: Date): Promise<void> {
  const attempts = Math.max(1, ...batch.messages.map((message) => message.attempts));
  try {
    if ((await wakeCouriers(env)) === 0) batch.ackAll();
    else batch.retryAll(redeliveryDelay(attempts));
  } catch (error) {
    console.error(JSON.stringify({ level: "error", consume_outgoing: String(error) }));
    batch.retryAll(redeliveryDelay(attempts));
  }
}
