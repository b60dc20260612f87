import { z } from "zod";
import { listeningFilter } from "./listening-filter.ts";

/** What a hub is told of a listener. */
export const listening = z.object({
  filter: listeningFilter,
  /** They know everything up to this change. */
  after: z.int().nonnegative(),
  /** When they must come again (ms since 1970); null: never. */
  until: z.number().nullable(),
});
export type Listening = z.infer<typeof listening>;

const parameter = "listening";

/** The request that listens at a hub. */
export function listeningRequest(asked: Listening): Request {
  const url = new URL("https://hub/events");
  url.searchParams.set(parameter, JSON.stringify(asked));
  return new Request(url, { headers: { Upgrade: "websocket" } });
}

/** What a request to a hub asks for; null where it asks for no WebSocket. */
export function listeningOf(request: Request): Listening | null {
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") return null;
  return listening.parse(JSON.parse(new URL(request.url).searchParams.get(parameter) ?? ""));
}
