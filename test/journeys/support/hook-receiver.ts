import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** What came to a receiver of webhooks. */
export interface ReceivedHook {
  headers: Record<string, string>;
  body: string;
}

/** A receiver of webhooks on this machine, which answers `status`; gone when the test ends. */
export async function hookReceiver(): Promise<{ url: string; received: ReceivedHook[]; status: number }> {
  const received: ReceivedHook[] = [];
  const receiver = { url: "", received, status: 200 };
  const server = createServer(async (request, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    received.push({ headers, body: await text(request) });
    response.writeHead(receiver.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the receiver listens on no port");
  receiver.url = `http://127.0.0.1:${address.port}/hook`;
  return receiver;
}
