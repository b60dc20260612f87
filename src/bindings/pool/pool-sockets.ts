import { z } from "zod";
import type { ToRunner } from "../../contract/runner/to-runner.ts";

const runnerLink = z.object({
  role: z.literal("runner"),
  /** Null until it has said hello. */
  runnerId: z.string().nullable(),
  connectedAtMs: z.number(),
  /** When it was last heard of: what its leases live by. */
  heardAtMs: z.number(),
  /** It asked for no further jobs. */
  isDraining: z.boolean(),
});
/** What is known of a runner's connection. It lies with the socket, so it survives hibernation and costs no write. */
export type RunnerLink = z.infer<typeof runnerLink>;

const listenerLink = z.object({ role: z.literal("listener"), runId: z.string() });
const link = z.discriminatedUnion("role", [runnerLink, listenerLink]);
export type Link = z.infer<typeof link>;

/** WebSocket close codes (RFC 6455 section 7.4) as the pool uses them. */
export const closeCodes = { normal: 1000, protocol: 1002, policy: 1008, failed: 1011 } as const;

/** The connections of a pool: runners, and listeners to runs. They outlive the pool's memory (hibernation), but not its restart. */
export class PoolSockets {
  readonly #ctx: DurableObjectState;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
  }

  acceptRunner(socket: WebSocket, nowMs: number): void {
    this.#ctx.acceptWebSocket(socket, ["runner"]);
    const fresh = {
      role: "runner" as const,
      runnerId: null,
      connectedAtMs: nowMs,
      heardAtMs: nowMs,
      isDraining: false,
    };
    this.setLink(socket, fresh);
  }

  acceptListener(socket: WebSocket, runId: string): void {
    this.#ctx.acceptWebSocket(socket, [`run:${runId}`]);
    socket.serializeAttachment({ role: "listener", runId } satisfies Link);
  }

  linkOf(socket: WebSocket): Link | null {
    const found = link.safeParse(socket.deserializeAttachment());
    return found.success ? found.data : null;
  }

  setLink(socket: WebSocket, now: RunnerLink): void {
    socket.serializeAttachment(now);
  }

  /** Every runner's connection, those that have not said hello too. */
  runners(): { socket: WebSocket; link: RunnerLink }[] {
    return this.#ctx.getWebSockets("runner").flatMap((socket) => {
      const found = this.linkOf(socket);
      return socket.readyState === WebSocket.OPEN && found?.role === "runner" ? [{ socket, link: found }] : [];
    });
  }

  /** Says something to a runner. A connection that is gone is found out by its closing, so nothing is told of it here. */
  send(socket: WebSocket, message: ToRunner): void {
    sendText(socket, JSON.stringify(message));
  }

  /** Sends an event to all who listen to a run. */
  broadcast(runId: string, json: string): void {
    for (const socket of this.#ctx.getWebSockets(`run:${runId}`)) sendText(socket, json);
  }

  sendEvent(socket: WebSocket, json: string): void {
    sendText(socket, json);
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
}

function sendText(socket: WebSocket, text: string): void {
  try {
    socket.send(text);
  } catch {
    // It was closed already.
  }
}
