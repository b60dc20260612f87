import { disableSubscription } from "../../bindings/d1/subscription/subscription-row.ts";
import { ownOrigin } from "../../contract/access/origin.ts";
import { auditAct } from "../access/audit-act.ts";
import type { OpenCourier } from "./open-courier.ts";

/** Disables a subscription, and says so wherever somebody may look: in its state, in the log, in the audit log. */
export async function disableFailing(
  { db, nowMs }: Pick<OpenCourier, "db" | "nowMs">,
  subscriptionId: string,
  reason: string,
): Promise<void> {
  if (!(await disableSubscription(db, subscriptionId, reason))) return;
  console.warn(JSON.stringify({ level: "warn", subscription_disabled: subscriptionId, reason }));
  await auditAct(
    { db, now: () => new Date(nowMs()) },
    {
      actor: "registry",
      operation: "disableSubscription",
      subject: `subscriptions/${subscriptionId}`,
      details: { reason },
      origin: ownOrigin,
    },
  );
}
