import type { OutgoingDelivery } from "../../contract/subscription/subscription.ts";

/** How far a courier is. Times are RFC 3339, UTC. */
export interface CourierStanding {
  /** Changes up to this seq were taken up. */
  position: number;
  /** Deliveries that wait. */
  waiting: number;
  /** When the oldest delivery that waits after a failed try was first tried. */
  failingSince: string | null;
  lastDeliveredAt: string | null;
}

/** Which deliveries are asked for. */
export interface DeliverySlice {
  /** Null: all. */
  state: OutgoingDelivery["state"] | null;
  /** A place in the log that a page before gave; null: the newest. */
  before: number | null;
  limit: number;
}

/** Deliveries, newest first. `next`: where the next page begins; null at the end. */
export interface DeliverySlicePage {
  items: OutgoingDelivery[];
  next: number | null;
}

/** What the courier of one subscription is asked for. Every call may be repeated. */
export interface CourierCalls {
  /** There may be changes that it has not seen, or its subscription says something else. */
  wake(subscriptionId: string): Promise<void>;
  /** The subscription was made active: what waits is tried at once, as if for the first time. */
  resume(subscriptionId: string): Promise<void>;
  /** Null when it was never asked for anything. */
  standing(): Promise<CourierStanding | null>;
  /** Sends a test and answers what came of it. Null: there is no such subscription. */
  ping(subscriptionId: string): Promise<OutgoingDelivery | null>;
  list(slice: DeliverySlice): Promise<DeliverySlicePage>;
  /** Has a delivery sent again. Null: it has none of this id. */
  resend(deliveryId: string): Promise<OutgoingDelivery | null>;
  /** The subscription was removed: forget everything. */
  remove(): Promise<void>;
}

/** Finds the Courier of a subscription. */
export type Couriers = (subscriptionId: string) => CourierCalls;
