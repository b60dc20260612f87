import { join } from "node:path";
import { expect, test } from "vitest";
import { unstable_readConfig } from "wrangler";
import { z } from "zod";
import { rateLimits } from "../../src/contract/limits/rate-limits.ts";

const path = join(import.meta.dirname, "..", "..", "wrangler.toml");
const environments = [undefined, "staging", "production"];
const configured = z.object({
  ratelimits: z.array(
    z.object({ name: z.string(), namespace_id: z.string(), simple: z.object({ limit: z.int(), period: z.int() }) }),
  ),
});

function ratesIn(env: string | undefined) {
  const config = unstable_readConfig({ config: path, ...(env === undefined ? {} : { env }) }, { hideWarnings: true });
  return configured.parse(config).ratelimits;
}

test.each(environments)("the rates that are told are those that wrangler.toml has (%s)", (env) => {
  const rates = ratesIn(env).map(({ name, simple }) => [
    name.replace(/^RATE_/, "").toLowerCase(),
    { requests: simple.limit, seconds: simple.period },
  ]);
  expect(Object.fromEntries(rates)).toEqual(rateLimits);
});

test("no two rates of the environments share their counters", () => {
  const all = environments.flatMap(ratesIn);
  expect(new Set(all.map((one) => one.namespace_id)).size).toBe(all.length);
});
