import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** A request with its whole body. */
export interface WholeRequest {
  method: string;
  url: URL;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

/** Serves on a free port until the test ends; whoever answers may also break the connection. */
export async function serveRequests(
  answer: (request: WholeRequest, response: ServerResponse) => void,
): Promise<{ url: string }> {
  const server = createServer(async (request, response) => {
    const { method = "", headers } = request;
    const body = await buffer(request);
    answer({ method, url: new URL(request.url ?? "/", "http://here"), headers, body }, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return { url: `http://127.0.0.1:${address.port}` };
}

/** Answers JSON. */
export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
