import type { HubCalls } from "./hub.ts";
import { type Listening, listeningRequest } from "./listening.ts";

/** Listens at a hub. Null: too many do. */
export async function listenAt(hub: HubCalls, asked: Listening): Promise<WebSocket | null> {
  const response = await hub.fetch(listeningRequest(asked));
  if (response.webSocket !== null) return response.webSocket;
  const said = await response.text();
  if (response.status === 503) return null;
  throw new Error(`the hub answered ${response.status} to a listener: ${said}`);
}
