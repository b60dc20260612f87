import { headers } from "../../contract/http/headers.ts";
import type { FollowedEvents } from "../../operations/run/follow-run-events.ts";

/** A run's events over WebSocket, one JSON text message each. The socket closes with 1000 after the run's last event. */
export function answerEventSocket(followed: FollowedEvents, requestId: string): Response {
  const webSocket = followed.kind === "live" ? followed.socket : wholeSocket(followed.events);
  return new Response(null, { status: 101, webSocket, headers: { [headers.requestId]: requestId } });
}

function wholeSocket(events: readonly unknown[]): WebSocket {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  for (const event of events) server.send(JSON.stringify(event));
  server.close(1000, "the run has ended");
  return client;
}
