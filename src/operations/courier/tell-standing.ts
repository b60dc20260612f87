import type { CourierStanding, DeliverySlice, DeliverySlicePage } from "../../bindings/durable/courier.ts";
import type { OpenCourier } from "./open-courier.ts";
import { deliveryOf, timeOf } from "./tell-delivery.ts";

/** How far a courier is; null when it was never asked for anything. */
export function tellStanding({ tables }: OpenCourier): CourierStanding | null {
  const owner = tables.owner();
  if (owner === null) return null;
  return {
    position: owner.position,
    waiting: tables.deliveries.countWaiting(),
    failingSince: timeOf(tables.deliveries.failingSince()),
    lastDeliveredAt: timeOf(owner.last_delivered_at),
  };
}

/** A page of what is sent and what came of it, newest first. */
export function listDeliverySlice({ tables }: OpenCourier, { state, before, limit }: DeliverySlice): DeliverySlicePage {
  const owner = tables.owner();
  if (owner === null) return { items: [], next: null };
  const rows = tables.deliveries.list(state, before, limit + 1);
  const page = rows.slice(0, limit);
  const items = page.map((row) => deliveryOf(row, owner.is_active));
  return { items, next: rows.length > limit ? (page.at(-1)?.place ?? null) : null };
}
