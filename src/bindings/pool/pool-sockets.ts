import { z } from "zod";
import type { ToRunner } from "../../contract/runner/to-runner.ts";
import { ListenerSockets } from "../durable/listener-sockets.ts";

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

/** The connections of a pool: runners, and listeners to runs. */
export class PoolSockets extends ListenerSockets {
  readonly #ctx: DurableObjectState;

  constructor(ctx: DurableObjectState) {
    super(ctx);
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

  /** Says something to a runner. */
  send(socket: WebSocket, message: ToRunner): void {
    this.sendText(socket, JSON.stringify(message));
  }
}
