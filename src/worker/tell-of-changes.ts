import { sendOutgoingEvent } from "../bindings/queue/outgoing-events.ts";
import type { Announcement } from "../contract/announcement/announcement.ts";
import { announceToHubs } from "./hubs.ts";
import { inTime } from "./in-time.ts";

/** How long the queue may take: what it is told only makes deliveries sooner. */
const queueMs = 1000;

/** Tells all who are told of changes. Never throws: hubs pull what they do not hear, and couriers too. */
export async function tellOfChanges(env: Env, announcements: Announcement[]): Promise<void> {
  const seq = Math.max(0, ...announcements.map((one) => one.seq));
  const queued = inTime(queueMs, sendOutgoingEvent(env.OUTGOING_EVENTS, seq)).catch(() => undefined);
  await Promise.all([announceToHubs(env, announcements), queued]);
}
