/**
 * How many requests may be made in how many seconds: by an address without a token, by a token of each class, and with wrong tokens by an
 * address. wrangler.toml's [[ratelimits]] say the same (tested).
 */
export const rateLimits = {
  address: { requests: 3000, seconds: 60 },
  standard: { requests: 6000, seconds: 60 },
  high: { requests: 60_000, seconds: 60 },
  wrong_token: { requests: 30, seconds: 60 },
} as const;
