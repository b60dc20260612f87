import type { ChangeEvent } from "../../contract/announcement/change-event.ts";
import { collectionOf } from "../../contract/artifact/kind.ts";
import type { DeliveredBody } from "../../contract/subscription/subscription.ts";

/** What is sent to somebody: the same bytes under the same id, whenever and how often it is tried. */
export interface DeliveryContent {
  id: string;
  type: DeliveredBody["type"];
  /** Null: it is of no change. */
  seq: number | null;
  /** As a repository: `templates/blur`. */
  name: string | null;
  body: string;
}

/** A change as it is delivered. All of it derives from the change, so whoever makes it again makes the same. */
export function deliveredChange(change: ChangeEvent): DeliveryContent & { seq: number; name: string } {
  const body: DeliveredBody = { type: change.type, timestamp: change.at, data: change };
  return {
    id: `evt_${change.seq}`,
    type: change.type,
    seq: change.seq,
    name: `${collectionOf[change.kind]}/${change.name}`,
    body: JSON.stringify(body),
  };
}

/** A test that somebody asked for. */
export function deliveredPing(pingId: string, subscription: string, at: string): DeliveryContent {
  const body: DeliveredBody = { type: "ping", timestamp: at, data: { subscription } };
  return { id: pingId, type: "ping", seq: null, name: null, body: JSON.stringify(body) };
}
