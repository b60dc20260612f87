import { sendOutgoingEvent } from "../bindings/queue/outgoing-events.ts";
import type { Announcement } from "../contract/announcement/announcement.ts";
import { announceToHubs } from "./hubs.ts";

/**
 * Tells all who are told of changes. Never throws: hubs pull what they do not hear, and couriers too. Whoever made the change waits for the hubs,
 * which make lookups newer, and not for the queue, which only makes deliveries sooner.
 */
export async function tellOfChanges(
  env: Env,
  later: (work: Promise<unknown>) => void,
  announcements: Announcement[],
): Promise<void> {
  const seq = Math.max(0, ...announcements.map((one) => one.seq));
  later(sendOutgoingEvent(env.OUTGOING_EVENTS, seq));
  await announceToHubs(env, announcements);
}
