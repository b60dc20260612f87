import { createServer, connect as open, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A line to a registry that breaks. */
export interface CuttingProxy {
  url: string;
  /** How often it broke. */
  cuts(): number;
}

/** Passes bytes on to `target`, and cuts each of the first `times` connections that carry more than `afterBytes` from the client. */
export async function cuttingProxy(target: string, afterBytes: number, times: number): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((client) => {
    const registry = open(Number(port), hostname);
    let carried = 0;
    for (const socket of [client, registry]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    }
    client.on("data", (piece) => {
      carried += piece.length;
      if (carried <= afterBytes || cuts >= times) return;
      cuts += 1;
      client.destroy();
      registry.destroy();
    });
    client.pipe(registry).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, cuts: () => cuts };
}
