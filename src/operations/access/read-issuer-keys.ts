import { issuerMetadata, type KeySet, keySet } from "../../contract/access/issuer-answer.ts";
import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal } from "../../domain/result.ts";
import { type ReadPublicNeeds, readPublicJson } from "./read-public-json.ts";

/** An issuer's public keys, by way of what it says about itself (OpenID Connect Discovery 1.0, section 4). */
export async function readIssuerKeys(needs: ReadPublicNeeds, issuer: string): Promise<Result<KeySet, Failure>> {
  const address = `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`;
  const metadata = await readPublicJson(needs, address, issuerMetadata);
  if (!metadata.ok) return refuse(issuer, metadata.failure);
  // Else one issuer's metadata could lead to another's keys (section 4.3).
  if (metadata.value.issuer !== issuer) return refuse(issuer, `${address} is of another issuer`);
  const keys = await readPublicJson(needs, metadata.value.jwks_uri, keySet);
  return keys.ok ? keys : refuse(issuer, keys.failure);
}

function refuse(issuer: string, why: string): Result<never, Failure> {
  const message = `the keys of ${issuer} cannot be read: ${why}; try again in a moment`;
  return refusal({ code: "UNAVAILABLE", message, retryAfterSeconds: 5 });
}
