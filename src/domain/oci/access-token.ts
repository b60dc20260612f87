import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { type OciTokenClaims, ociTokenClaims } from "../../contract/oci/token.ts";
import { isSameText } from "../file/is-same-text.ts";

/** Makes and reads the tokens of the token endpoint. */
export interface OciTokens {
  write(claims: OciTokenClaims): string;
  /** What a token says; null when it is none of ours, or was changed. Whether it has expired is for the reader to say. */
  read(token: string): OciTokenClaims | null;
}

/** Tokens are `{claims}.{signature}`, both in hex: JSON, and its HMAC-SHA-256 under a key that is made of `secret` and serves nothing else. */
export function createOciTokens(secret: string): OciTokens {
  const key = hmac(sha256, utf8ToBytes("callsheet oci tokens v1"), utf8ToBytes(secret));
  const macOf = (body: string) => bytesToHex(hmac(sha256, key, utf8ToBytes(body)));
  return {
    write: (claims) => {
      const body = bytesToHex(utf8ToBytes(JSON.stringify(claims)));
      return `${body}.${macOf(body)}`;
    },
    read: (token) => {
      const [, body, signature] = /^((?:[0-9a-f]{2})+)\.([0-9a-f]{64})$/.exec(token) ?? [];
      if (body === undefined || signature === undefined || !isSameText(macOf(body), signature)) return null;
      return claimsIn(body);
    },
  };
}

/** What is signed by us is of our shape, unless another release wrote it. */
function claimsIn(body: string): OciTokenClaims | null {
  const text = String.fromCharCode(...hexToBytes(body));
  const parsed = ociTokenClaims.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}
