import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Sealer } from "../domain/access/sealer.ts";

/** Seals with a key that is made of the registry's signing key and serves nothing else; opens what the key before it sealed too. */
export function sealerOf(env: Env): Sealer {
  const secrets = [
    env.CALLSHEET_SIGNING_KEY || env.CALLSHEET_ADMIN_TOKEN,
    env.CALLSHEET_SIGNING_KEY_BEFORE,
    env.CALLSHEET_ADMIN_TOKEN,
  ];
  const known = [...new Set(secrets)].flatMap((secret) => (secret ? [secret] : []));
  return {
    seal: async (secret) => {
      const [newest] = known;
      if (newest === undefined)
        throw new Error("no CALLSHEET_SIGNING_KEY and no CALLSHEET_ADMIN_TOKEN: nothing can be sealed");
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(newest), utf8ToBytes(secret));
      return `v1.${bytesToHex(iv)}.${bytesToHex(new Uint8Array(sealed))}`;
    },
    open: async (sealed) => {
      const [, iv, body] = /^v1\.([0-9a-f]{24})\.((?:[0-9a-f]{2})+)$/.exec(sealed) ?? [];
      if (iv === undefined || body === undefined) return null;
      for (const secret of known) {
        const opened = await open(await keyOf(secret), hexToBytes(iv), hexToBytes(body));
        if (opened !== null) return opened;
      }
      return null;
    },
  };
}

async function open(
  key: CryptoKey,
  iv: Uint8Array<ArrayBuffer>,
  body: Uint8Array<ArrayBuffer>,
): Promise<string | null> {
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, body));
  } catch {
    // Another key sealed it, or it was changed: AES-GCM does not tell which.
    return null;
  }
}

function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = hkdf(sha256, utf8ToBytes(secret), undefined, utf8ToBytes("callsheet sealed secrets v1"), 32);
  return crypto.subtle.importKey("raw", Uint8Array.from(bytes), "AES-GCM", false, ["encrypt", "decrypt"]);
}
