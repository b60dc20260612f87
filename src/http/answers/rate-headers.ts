import type { Failure } from "../../contract/failure.ts";
import { rateLimits } from "../../contract/limits/rate-limits.ts";
import type { CountedRequest } from "../needs.ts";

/**
 * What a counted answer says of its limit, and a refused one of what is left (draft-ietf-httpapi-ratelimit-headers): Cloudflare's counter tells only
 * whether there is something left, so `RateLimit` comes with refusals alone, and its `t` is the longest that it may take.
 */
export function rateHeaders(counted: CountedRequest | null): Record<string, string> {
  if (counted === null) return {};
  const { requests, seconds } = rateLimits[counted.rate];
  return {
    "RateLimit-Policy": `"${counted.rate}";q=${requests};w=${seconds}`,
    ...(counted.isOver ? { RateLimit: `"${counted.rate}";r=0;t=${seconds}` } : {}),
  };
}

/** The refusal of one request too many. */
export function tooManyRequests({ rate }: CountedRequest): Failure & { retryAfterSeconds: number } {
  const { requests, seconds } = rateLimits[rate];
  const who = {
    address: "this address, without a token; with one there are more",
    standard: "this token; one of the class high may make more",
    high: "this token",
    wrong_token: "this address with wrong tokens",
  }[rate];
  const message = `more than ${requests} requests in ${seconds} s came from ${who}; wait up to ${seconds} s`;
  return { code: "RATE_LIMITED", message, retryAfterSeconds: seconds };
}
