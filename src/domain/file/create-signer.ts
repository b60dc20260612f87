import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { isSameText } from "./is-same-text.ts";
import type { Signer } from "./signer.ts";

/** Signs by HMAC-SHA-256 under a key that is made of `secret` and serves nothing else. */
export function createSigner(secret: string): Signer {
  const key = hmac(sha256, utf8ToBytes("callsheet signed addresses v1"), utf8ToBytes(secret));
  const macOf = (purpose: string, subject: string, expires: string) =>
    bytesToHex(hmac(sha256, key, utf8ToBytes(`${purpose}\n${subject}\n${expires}`)));
  return {
    sign: (purpose, subject, expiresAt) => {
      const expires = String(Math.floor(expiresAt.getTime() / 1000));
      return `?expires=${expires}&signature=${macOf(purpose, subject, expires)}`;
    },
    isSigned: (purpose, subject, given, now) =>
      isSameText(macOf(purpose, subject, given.expires), given.signature) &&
      Number(given.expires) * 1000 > now.getTime(),
  };
}
