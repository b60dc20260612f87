import { tokenSecret } from "../contract/access/token.ts";
import { ownCaller } from "../domain/access/caller.ts";
import {
  type FindCallerNeeds,
  type FoundCaller,
  findCaller,
  findCallerById,
} from "../operations/access/find-caller.ts";
import { tokenMemory } from "./isolate.ts";
import { isKnownToken } from "./known-token.ts";

/** What finding out who asks takes. */
export interface AskerNeeds {
  env: Env;
  later: (work: Promise<unknown>) => void;
}

/** Whose secret this is: one of the registry's own configuration, or an access token's. */
export async function findSecret(needs: AskerNeeds, secret: string, now: Date): Promise<FoundCaller> {
  const { CALLSHEET_ADMIN_TOKEN, CALLSHEET_RUNNER_TOKEN } = needs.env;
  if (await isKnownToken(secret, CALLSHEET_ADMIN_TOKEN))
    return { state: "live", caller: ownCaller("admin", ["admin"]) };
  if (await isKnownToken(secret, CALLSHEET_RUNNER_TOKEN)) {
    return { state: "live", caller: ownCaller("runner", ["runner"]) };
  }
  // What cannot be a token of ours costs no question.
  return tokenSecret.safeParse(secret).success ? findCaller(findNeeds(needs, now), secret) : { state: "unknown" };
}

/** Whose token has this id. */
export function findTokenHolder(needs: AskerNeeds, id: string, now: Date): Promise<FoundCaller> {
  return findCallerById(findNeeds(needs, now), id);
}

/** Why a secret is not good, in words for who sent it. */
export function badSecretMessage(found: Exclude<FoundCaller, { state: "live" }>, what: string): string {
  if (found.state === "unknown") return `${what} is no token that this registry knows`;
  return `${what} ("${found.name}") ${found.state === "expired" ? "expired" : "was revoked"} at ${found.at}; ask an admin for another`;
}

function findNeeds({ env, later }: AskerNeeds, now: Date): FindCallerNeeds {
  return { db: env.DB, memory: tokenMemory, later, now: () => now };
}
