import { createExecutionContext, env } from "cloudflare:test";
import type { AccessScope } from "../../src/contract/access/scope.ts";
import type { CreatedToken } from "../../src/contract/access/token.ts";
import { issueToken } from "../../src/operations/access/issue-token.ts";
import worker from "../../src/worker/main.ts";

let issued = 0;

/** An access token; a test states only what matters to it. */
export function anAccessToken(
  parts: { scopes?: readonly AccessScope[]; names?: readonly string[]; name?: string; expiresAt?: string | null } = {},
): Promise<CreatedToken> {
  const { scopes = ["read"], names = ["*"], name = `a test's token ${++issued}`, expiresAt = null } = parts;
  const wish = { name, scopes, names, rateClass: "standard" as const, expiresAt, publisher: null, by: "a test" };
  return issueToken({ db: env.DB, now: () => new Date() }, wish);
}

/** A token that was revoked before anyone used it. */
export async function aRevokedToken(scopes: readonly AccessScope[]): Promise<CreatedToken> {
  const token = await anAccessToken({ scopes });
  const at = new Date().toISOString();
  await env.DB.prepare("UPDATE access_token SET revoked_at = ?, revoked_by = ? WHERE id = ?")
    .bind(at, "a test", token.id)
    .run();
  return token;
}

/** A registry with other settings, over the same storage: one request to the whole Worker. */
export async function askOf(
  from: Env,
  method: string,
  path: string,
  init: { headers?: Record<string, string>; body?: string } = {},
): Promise<Response> {
  const request = new Request<unknown, IncomingRequestCfProperties>(`http://localhost${path}`, {
    method,
    redirect: "manual",
    ...init,
  });
  // What goes on after the answer is nobody's concern here.
  return worker.fetch(request, from, createExecutionContext());
}

/** Its headers, with a token or without one. */
export function withToken(
  token: string | null,
  more: Record<string, string> = {},
): { headers: Record<string, string> } {
  return { headers: { ...(token === null ? {} : { Authorization: `Bearer ${token}` }), ...more } };
}
