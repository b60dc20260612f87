import { createServer } from "node:http";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

type Algorithm = "RS256" | "ES256";
type SigningKey = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

/** An issuer of signed identities as GitHub Actions is one: what it says about itself, its public keys, and what it signs. */
export interface IdentityIssuer {
  url: string;
  /** Signs an identity with the key that it published last. */
  sign(claims?: JWTPayload, header?: Record<string, unknown>): Promise<string>;
  /** Publishes a key of another name, in place of the ones before. */
  rotate(algorithm?: Algorithm): Promise<void>;
  /** What it answers to a path; null: what an issuer answers. */
  answerWith(answer: ((path: string) => { status: number; body: string }) | null): void;
  /** Paths that were asked for. */
  asked: string[];
  publicKeys(): object;
  stop(): void;
}

/** Starts an issuer on this machine. */
export async function startIssuer(): Promise<IdentityIssuer> {
  let rotations = 0;
  let current: { key: SigningKey; alg: Algorithm; kid: string };
  let keys: object;
  let answer: ((path: string) => { status: number; body: string }) | null = null;
  const asked: string[] = [];

  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const told = answer?.(path) ?? usual(path);
    response.writeHead(told.status, { "Content-Type": "application/json", Location: "/elsewhere" }).end(told.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the issuer listens on no port");
  const url = `http://127.0.0.1:${address.port}`;

  function usual(path: string): { status: number; body: string } {
    if (path === "/.well-known/openid-configuration") {
      return { status: 200, body: JSON.stringify({ issuer: url, jwks_uri: `${url}/keys` }) };
    }
    return path === "/keys" ? { status: 200, body: JSON.stringify(keys) } : { status: 404, body: "{}" };
  }

  async function rotate(alg: Algorithm = "RS256"): Promise<void> {
    const pair = await generateKeyPair(alg);
    rotations += 1;
    current = { key: pair.privateKey, alg, kid: `key-${rotations}` };
    keys = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: current.kid, alg, use: "sig" }] };
  }

  await rotate();
  return {
    url,
    asked,
    rotate,
    sign: (claims = {}, header = {}) =>
      new SignJWT({ iss: url, ...claims })
        .setProtectedHeader({ alg: current.alg, kid: current.kid, ...header })
        .sign(current.key),
    answerWith: (given) => {
      answer = given;
    },
    publicKeys: () => keys,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
