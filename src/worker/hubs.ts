import { type HubCalls, type HubRegion, hubRegions } from "../bindings/durable/hub.ts";
import type { Announcement } from "../contract/announcement/announcement.ts";
import { settingsOf } from "./settings.ts";

/** The hub of a region, placed there when it is first asked. */
export function hubOf(env: Env, region: HubRegion): HubCalls {
  return env.HUB.get(env.HUB.idFromName(region), { locationHint: region });
}

/** How long a registrar waits for all hubs together: broadcasts only make things sooner. */
const broadcastMs = 1000;

/** Tells every region's hub. Never throws: a hub that does not hear pulls. */
export async function announceToHubs(env: Env, announcements: Announcement[]): Promise<void> {
  if (settingsOf(env).DROP_BROADCASTS) return;
  const told = Promise.allSettled(hubRegions.map((region) => hubOf(env, region).announce(announcements)));
  await Promise.race([told, new Promise((resolve) => setTimeout(resolve, broadcastMs))]);
}
