import { insertPublisherIfFree, isPublisherNamed } from "../../bindings/d1/access/publisher-row.ts";
import type { PublisherRequest, TrustedPublisher } from "../../contract/access/publisher.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { areOfAllNames } from "../../domain/access/matches-name.ts";
import { isReservedName, reservedNameMessage } from "../../domain/access/token-name.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { whyNotAsked } from "./read-public-json.ts";

export interface CreatePublisherNeeds {
  db: D1Database;
  mayAskPrivate: boolean;
  now: () => Date;
}

/** Trusts an issuer's identities with these claims to do what the scopes say. Its issuer is not asked before the first of them comes. */
export async function createPublisher(
  needs: CreatePublisherNeeds,
  request: PublisherRequest,
  by: string,
): Promise<Result<TrustedPublisher, Failure>> {
  const refused = judgeRequest(request, needs.mayAskPrivate);
  if (refused !== null) return refusal({ code: "INVALID_REQUEST", message: refused });
  const publisher = {
    ...request,
    scopes: [...new Set(request.scopes)],
    names: [...new Set(request.names)],
    id: `pub_${randomHex(8)}`,
    created_at: needs.now().toISOString(),
    created_by: by,
    last_used_at: null,
  };
  if (await insertPublisherIfFree(needs.db, publisher, limits.trustedPublishers)) return success(publisher);
  return refusal((await isPublisherNamed(needs.db, request.name)) ? nameTaken(request.name) : tooMany);
}

function judgeRequest({ name, issuer, scopes, names }: PublisherRequest, mayAskPrivate: boolean): string | null {
  // Its tokens are called {name}:{repository}: that must not read as if the registry itself had named somebody.
  if (isReservedName(name) || isReservedName(`${name}:`)) return reservedNameMessage(name);
  const { search, hash, username, password } = new URL(issuer);
  if (search !== "" || hash !== "" || username !== "" || password !== "") {
    return `${issuer} is no issuer's address: it must have neither a query, a fragment nor credentials`;
  }
  const why = whyNotAsked(issuer, mayAskPrivate);
  if (why !== null) return `the issuer's keys cannot be read: ${why}`;
  if (!scopes.includes("runner") || areOfAllNames(names)) return null;
  return `who has the scope runner has it for every name, and this is asked for with ${names.join(", ")}; leave names out, or ask for other scopes`;
}

function nameTaken(name: string): Failure {
  const message = `a trusted publisher called "${name}" is there already; choose another name, or remove that one`;
  return { code: "STATE_CONFLICT", message };
}

const tooMany: Failure = {
  code: "LIMIT_REACHED",
  message: `there are ${limits.trustedPublishers} trusted publishers, as many as there may be; remove some (GET /v1/trusted-publishers tells when each was used)`,
};

function randomHex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
