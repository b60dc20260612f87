import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { onTestFinished } from "vitest";
import type { IdentityIssuer } from "./identity-issuer.ts";

/**
 * The service of a job of GitHub Actions that hands out its identity, as docs.github.com tells it ("OpenID Connect reference"): asked with the
 * job's own bearer, for an audience. Answers the job's environment; gone when the test ends.
 */
export async function actionsIdentity(
  issuer: IdentityIssuer,
  claims: Record<string, string>,
): Promise<Record<string, string>> {
  const bearer = randomUUID();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://job");
    if (
      request.headers.authorization !== `Bearer ${bearer}` ||
      pathname !== "/token" ||
      !searchParams.has("api-version")
    ) {
      response.writeHead(401).end("{}");
      return;
    }
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, nbf: now, exp: now + 300 };
    const aud = searchParams.get("audience") ?? "https://github.com/acme";
    const value = await issuer.sign({ jti: randomUUID(), aud, sub: "repo:acme/prompts", ...times, ...claims });
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ count: 1, value }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the service listens on no port");
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${address.port}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer,
  };
}
