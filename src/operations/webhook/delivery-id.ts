import { bytesToHex } from "@noble/hashes/utils.js";

/** An id that no delivery has. */
export function newDeliveryId(): string {
  return `whd_${bytesToHex(crypto.getRandomValues(new Uint8Array(12)))}`;
}
