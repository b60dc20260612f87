import type { DeliveryRow } from "../../bindings/courier/delivery-table.ts";
import { limits } from "../../contract/limits.ts";
import type { DeliveryAttempt } from "../../contract/subscription/subscription.ts";
import { judgeAttempt, tellAttempt } from "../../domain/subscription/judge-attempt.ts";
import { nextTry } from "../../domain/subscription/next-try.ts";
import { counters } from "../metrics/counters.ts";
import { disableFailing } from "./disable-failing.ts";
import type { OpenCourier } from "./open-courier.ts";
import type { Posted } from "./post-delivery.ts";

/**
 * Notes what came of a try: delivered, to be tried again, or the end of it. Who answers 410, or does not take a delivery for a day, is sent nothing
 * more: D1 is told before this disk, so a delivery is never given up of a subscription that goes on as if nothing were.
 */
export async function noteAttempt(
  courier: OpenCourier,
  subscriptionId: string,
  row: DeliveryRow,
  { attempt, retryAfterMs }: Posted,
): Promise<void> {
  const { tables } = courier;
  const { deliveries } = tables;
  const nowMs = courier.nowMs();
  const attempts = [...row.attempts, attempt].slice(-limits.attemptsKept);
  const note = (outcome: () => void) =>
    tables.change(() => {
      deliveries.noteAttempt(row, attempts);
      outcome();
    });
  const judged = judgeAttempt(attempt);
  if (judged === "delivered") {
    note(() => {
      deliveries.end(row, "delivered", nowMs);
      tables.noteDelivered(nowMs);
    });
    counters.deliveriesOut.add("delivered");
    return;
  }
  const firstTryMs = row.first_try_at ?? Date.parse(attempt.at);
  const again = nextTry({ tries: row.tries + 1, firstTryMs, nowMs, retryAfterMs, random: courier.random() });
  if (judged === "failed" && again !== null) {
    note(() => deliveries.retry(row, firstTryMs, again));
    counters.deliveriesOut.add("failed");
    return;
  }
  await disableFailing(courier, subscriptionId, reasonOf(row, attempt, firstTryMs));
  note(() => {
    if (judged === "gone") deliveries.retry(row, firstTryMs, nowMs);
    else deliveries.end(row, "given_up", nowMs);
    tables.setActive(false);
  });
  counters.deliveriesOut.add(judged === "gone" ? "failed" : "given_up");
}

function reasonOf({ id }: DeliveryRow, attempt: DeliveryAttempt, firstTryMs: number): string {
  if (attempt.status === 410) return `its address answered 410 (Gone) to ${id}: it wants no more`;
  return `${id} failed since ${new Date(firstTryMs).toISOString()}; last: ${tellAttempt(attempt)}`;
}
