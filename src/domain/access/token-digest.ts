import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** What D1 knows of an access token's secret: its SHA-256, in hex. */
export function tokenDigest(secret: string): string {
  return bytesToHex(sha256(utf8ToBytes(secret)));
}
