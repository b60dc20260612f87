import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import type { KeySet } from "../../contract/access/issuer-answer.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** What a signed identity must say. */
export interface ExpectedIdentity {
  issuer: string;
  audience: string;
  /** How long ago it may have been made; null: its own expiry is enough. */
  maxAgeSeconds: number | null;
}

/** What the signatures of identities are made with. None that a public key could be taken for the secret of, and never none. */
const algorithms = ["RS256", "ES256"];

/** The claims of a JSON Web Token (RFC 7519) that its issuer signed for this audience and that is good now. */
export async function verifyIdentity(
  token: string,
  keys: KeySet,
  expected: ExpectedIdentity,
  now: Date,
): Promise<Result<JWTPayload, Failure>> {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
      algorithms,
      issuer: expected.issuer,
      audience: expected.audience,
      requiredClaims: ["exp", "iat"],
      clockTolerance: limits.identityLeewaySeconds,
      currentDate: now,
      ...(expected.maxAgeSeconds === null ? {} : { maxTokenAge: expected.maxAgeSeconds }),
    });
    return success(payload);
  } catch (error) {
    return refusal({ code: "UNAUTHENTICATED", message: `the identity is not taken: ${whyNot(error, expected)}` });
  }
}

/** Never a word of the token but its claims about itself: it may still be good elsewhere. */
function whyNot(error: unknown, { issuer, audience, maxAgeSeconds }: ExpectedIdentity): string {
  if (error instanceof errors.JWTExpired) {
    return error.claim === "iat"
      ? `it is older than ${maxAgeSeconds} s; ask its issuer for another`
      : "it has expired; ask its issuer for another";
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    const found = JSON.stringify(error.payload[error.claim])?.slice(0, 200) ?? "missing";
    if (error.claim === "aud")
      return `its audience is ${found}; ask its issuer for one with the audience "${audience}"`;
    if (error.claim === "iss") return `its issuer is ${found}; it must be "${issuer}"`;
    if (error.claim === "nbf" || error.claim === "iat") return `its ${error.claim} is ${found}, which is not yet`;
    return `its claim ${error.claim} is ${found}`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return `it must be signed with ${algorithms.join(" or ")}`;
  if (error instanceof errors.JWKSNoMatchingKey) return `${issuer} has no key of that name and algorithm`;
  if (error instanceof errors.JWKSMultipleMatchingKeys) return "it does not say which of its issuer's keys signed it";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "its signature is not its issuer's";
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return "it is no JSON Web Token";
  return "its issuer's key cannot be used";
}
