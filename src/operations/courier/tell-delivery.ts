import type { DeliveryRow } from "../../bindings/courier/delivery-table.ts";
import type { OutgoingDelivery } from "../../contract/subscription/subscription.ts";
import type { OpenCourier } from "./open-courier.ts";

/** A delivery as it is told. `isActive`: whether anything is sent at all. */
export function deliveryOf(row: DeliveryRow, isActive: boolean): OutgoingDelivery {
  const { id, type, seq, name, state, attempts, attempt_count } = row;
  // Behind another one of its name, nobody knows when its turn comes.
  const next_attempt_at = row.is_head && isActive ? timeOf(row.due_at) : null;
  const created_at = new Date(row.created_at).toISOString();
  return { id, type, seq, name, state, attempts, attempt_count, next_attempt_at, created_at };
}

/** The same by its id; null when there is none, or the subscription was removed. */
export function findDelivery({ tables }: OpenCourier, id: string): OutgoingDelivery | null {
  const owner = tables.owner();
  const row = owner === null ? null : tables.deliveries.load(id);
  return owner === null || row === null ? null : deliveryOf(row, owner.is_active);
}

/** RFC 3339, UTC, of milliseconds since 1970. */
export function timeOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
