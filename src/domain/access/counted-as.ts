import type { rateLimits } from "../../contract/limits/rate-limits.ts";
import { addressKey } from "./address-key.ts";
import { anonymous, type Caller } from "./caller.ts";

/** A rate that requests are counted by. */
export type RateName = keyof typeof rateLimits;

/**
 * Which rate a request is counted by, and under which key: a token or a person by its class, who came with neither by address. Null: it is not
 * counted, since the registry's own configuration names its caller, a signed address is its right, or nobody knows where it comes from.
 * `caller` is null where the request was refused before anyone was known.
 */
export function countedAs(caller: Caller | null, address: string | null): { rate: RateName; key: string } | null {
  if (caller !== null && caller.rateClass !== null) {
    return { rate: caller.rateClass, key: caller.tokenId ?? `identity:${caller.name}` };
  }
  const isNobody = caller === null || caller.name === anonymous.name;
  return isNobody && address !== null ? { rate: "address", key: addressKey(address) } : null;
}
