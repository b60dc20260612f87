import { listChangeEvents } from "../../bindings/d1/announcement/change-events.ts";
import type { SubscriptionRow } from "../../bindings/d1/subscription/subscription-row.ts";
import { limits } from "../../contract/limits.ts";
import { wantsChange } from "../../domain/announcement/wants-change.ts";
import { deliveredChange } from "../../domain/subscription/delivered-change.ts";
import type { OpenCourier } from "./open-courier.ts";

/** Changes that are read at once. */
const changesAtOnce = 500;

/** Beyond so many that wait, changes stay where they are: in D1, which forgets none. */
const mostWaiting = limits.deliveriesKept;

/**
 * Takes up the changes after the courier's position: those that its subscription asks for wait from now on, and the position moves with them, in one
 * transaction. So none is skipped and none comes twice, whenever this stops and however many do it at once.
 */
export async function takeUpChanges(courier: OpenCourier, subscription: SubscriptionRow): Promise<void> {
  const { tables } = courier;
  const { events: types, names } = subscription.settings;
  for (;;) {
    const owner = tables.owner();
    if (owner === null || tables.deliveries.countWaiting() >= mostWaiting) return;
    const changes = await listChangeEvents(courier.db, owner.position, changesAtOnce);
    const last = changes.at(-1);
    if (last === undefined) return;
    tables.change(() => {
      const position = tables.owner()?.position ?? last.seq;
      const wanted = changes.filter((change) => change.seq > position && wantsChange({ types, names }, change));
      for (const change of wanted) tables.deliveries.insert(deliveredChange(change), courier.nowMs());
      tables.moveTo(last.seq);
    });
    if (changes.length < changesAtOnce) return;
  }
}
