import type { OutgoingDelivery } from "../../contract/subscription/subscription.ts";
import type { OpenCourier } from "./open-courier.ts";
import { findDelivery } from "./tell-delivery.ts";
import { tendCourier } from "./tend-courier.ts";

/** Has a delivery sent again, in its old place among those of its name. Null: there is none of this id. */
export async function resendDelivery(courier: OpenCourier, id: string): Promise<OutgoingDelivery | null> {
  const { tables } = courier;
  if (tables.owner() === null) return null;
  const row = tables.deliveries.load(id);
  if (row === null) return null;
  tables.change(() => tables.deliveries.restart(row, courier.nowMs()));
  const told = findDelivery(courier, id);
  tendCourier(courier);
  return told;
}
