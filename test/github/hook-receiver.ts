import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll } from "vitest";

/** What came to a receiver of webhooks. */
export interface ReceivedHook {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver that takes all that comes; for tests of the host itself. */
export function hookReceiver(): { url(): string; received: ReceivedHook[] } {
  const received: ReceivedHook[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body });
      response.writeHead(202).end("{}");
    });
  });
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  // A TCP server's address is never a text.
  return { url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}
