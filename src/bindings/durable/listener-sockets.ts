/** WebSocket close codes (RFC 6455 section 7.4) as ours are closed. */
export const closeCodes = { normal: 1000, protocol: 1002, policy: 1008, failed: 1011 } as const;

/** What lies with the socket of one who listens to a run. */
export interface ListenerLink {
  role: "listener";
  runId: string;
}

/** Connections of those who listen to runs. They outlive their Durable Object's memory (hibernation), but not its restart. */
export class ListenerSockets {
  readonly #ctx: DurableObjectState;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
  }

  acceptListener(socket: WebSocket, runId: string): void {
    this.#ctx.acceptWebSocket(socket, [`run:${runId}`]);
    socket.serializeAttachment({ role: "listener", runId } satisfies ListenerLink);
  }

  /** Sends an event to all who listen to a run. */
  broadcast(runId: string, json: string): void {
    for (const socket of this.#ctx.getWebSockets(`run:${runId}`)) this.sendText(socket, json);
  }

  sendEvent(socket: WebSocket, json: string): void {
    this.sendText(socket, json);
  }

  closeListeners(runId: string): void {
    for (const socket of this.#ctx.getWebSockets(`run:${runId}`))
      this.close(socket, closeCodes.normal, "the run ended");
  }

  close(socket: WebSocket, code: number, reason: string): void {
    try {
      // RFC 6455: a close reason is at most 123 bytes.
      socket.close(code, reason.slice(0, 100));
    } catch {
      // It was closed already.
    }
  }

  /** A connection that is gone is found out by its closing, so nothing is told of it here. */
  protected sendText(socket: WebSocket, text: string): void {
    try {
      socket.send(text);
    } catch {
      // It was closed already.
    }
  }
}
