import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Problem } from "../../src/contract/failure.ts";

/** A request as a server saw it. */
export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a server is to answer. */
export interface GivenAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  delayMs?: number;
}

/** Serves answers one after another, the last one for ever, on a free port, until the test ends. */
export async function serveAnswers(...answers: GivenAnswer[]): Promise<{ url: string; seen: SeenRequest[] }> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
      const answer = answers[Math.min(seen.length, answers.length) - 1] ?? {};
      const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body ?? {});
      setTimeout(() => {
        response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
        response.end(text);
      }, answer.delayMs ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${portOf(server.address())}`, seen };
}

/** Problem details that say as little as they may. */
export function problemOf(code: Problem["code"], status: number, detail = "it is refused"): Problem {
  return { type: "about:blank", title: code, status, detail, code, issues: [], request_id: "req-1" };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return address.port;
}
