import { DurableObject } from "cloudflare:workers";

/** The floor of dispatch: a bare Worker whose POST reaches a Durable Object, which passes it to a connected WebSocket. Nothing is kept. */
export class Echo extends DurableObject {
  async fetch(request) {
    if (request.headers.get("upgrade") === "websocket") {
      const [client, server] = Object.values(new WebSocketPair());
      this.ctx.acceptWebSocket(server);
      return new Response(null, { status: 101, webSocket: client });
    }
    const text = await request.text();
    for (const socket of this.ctx.getWebSockets()) socket.send(text);
    return new Response(null, { status: 202 });
  }
  webSocketMessage() {}
}

export default {
  fetch(request, env) {
    return env.ECHO.get(env.ECHO.idFromName("one")).fetch(request);
  },
};
