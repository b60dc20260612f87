import { z } from "zod";
import type { Client } from "../../client/create-client.ts";
import type { ExchangedToken } from "../../contract/access/publisher.ts";
import { exchangeToken } from "../../contract/http/tokens.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";

const identityAnswer = z.object({ value: z.string().min(1) });
const askSeconds = 15;

/**
 * A short-lived token for the identity that GitHub gives a job with `permissions: id-token: write`
 * (docs.github.com, "OpenID Connect reference": the two variables, and the parameter `audience`).
 */
export async function exchangeGithubIdentity(
  client: Client,
  env: Record<string, string | undefined>,
): Promise<ExchangedToken> {
  const identity = await askIdentity(new URL(client.url).origin, env);
  // An identity is taken once: a second try of the same one would be refused.
  return client.call(exchangeToken, { body: { token: identity } });
}

async function askIdentity(audience: string, env: Record<string, string | undefined>): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = env;
  if (!address || !token || !URL.canParse(address)) {
    throw new CommandRefusal(
      "there is no identity here: ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are not set; a job of GitHub Actions has them with `permissions: id-token: write`",
      exitCodes.access,
    );
  }
  const target = new URL(address);
  target.searchParams.set("audience", audience);
  const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
  const response = await fetch(target, { headers, signal: AbortSignal.timeout(askSeconds * 1000) }).catch(
    (cause: unknown) => {
      throw new CommandRefusal(`${target.origin} gave no identity: ${describe(cause)}`, exitCodes.unavailable);
    },
  );
  const answer = identityAnswer.safeParse(await response.json().catch(() => null));
  if (response.ok && answer.success) return answer.data.value;
  throw new CommandRefusal(`${target.origin} answered ${response.status}, and no identity`, exitCodes.unavailable);
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
