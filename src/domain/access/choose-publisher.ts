import type { TrustedPublisher } from "../../contract/access/publisher.ts";
import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal, success } from "../result.ts";
import { identityName } from "./identity-name.ts";
import { claimText, type UnfitClaim, unfitClaims } from "./unfit-claims.ts";

/** The first of an issuer's publishers, in their given order, that a signed identity fits; the refusal says what did not fit those that it is near to. */
export function choosePublisher(
  publishers: readonly TrustedPublisher[],
  claims: object,
): Result<TrustedPublisher, Failure> {
  const judged = publishers.map((publisher) => ({ publisher, unfit: unfitClaims(publisher.claims, claims) }));
  const fitting = judged.find(({ unfit }) => unfit.length === 0);
  if (fitting !== undefined) return success(fitting.publisher);
  const near = judged.filter(({ publisher }) => isNear(publisher, claims)).slice(0, toldPublishers);
  const told = near.map(({ publisher, unfit }) => `${publisher.name} wants ${unfit.map(tellClaim).join(" and ")}`);
  const how = told.length === 0 ? "an admin adds one by POST /v1/trusted-publishers" : told.join("; ");
  return refusal({ code: "FORBIDDEN", message: `no trusted publisher fits ${identityName(claims)}: ${how}` });
}

const toldPublishers = 5;

/** Claims that say whose an identity is: an owner before the first slash, mostly. */
const owningClaims = ["repository", "repository_owner", "project_path", "namespace_path", "sub"];

/**
 * Whether an identity is of an owner whom the publisher names. Anyone can get an identity of a public issuer, and must not learn from refusals whom
 * others trust.
 */
function isNear({ claims: patterns }: TrustedPublisher, claims: object): boolean {
  return owningClaims.some((claim) => {
    const expected = ownerIn(claimText(patterns, claim));
    return expected !== null && !expected.includes("*") && expected === ownerIn(claimText(claims, claim));
  });
}

function ownerIn(text: string | null): string | null {
  return text?.split("/", 1)[0] ?? null;
}

function tellClaim({ claim, expected, found }: UnfitClaim): string {
  return `${claim} "${expected}", which is ${found === null ? "missing" : `"${found.slice(0, 200)}"`}`;
}
