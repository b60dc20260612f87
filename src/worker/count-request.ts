import type { Caller } from "../domain/access/caller.ts";
import { countedAs, type RateName } from "../domain/access/counted-as.ts";
import type { CountedRequest } from "../http/needs.ts";
import { counters } from "../operations/metrics/counters.ts";
import { settingsOf } from "./settings.ts";

/** Counts a request for who asks, and says whether they have made too many. Null: it is not counted. */
export async function countRequest(
  env: Env,
  address: string | null,
  caller: Caller | null,
): Promise<CountedRequest | null> {
  if (settingsOf(env).RATE_LIMITS === "off") return null;
  const counted = countedAs(caller, address);
  if (counted === null) return null;
  try {
    const { success } = await limiterOf(env, counted.rate).limit({ key: counted.key });
    if (!success) counters.rateLimited.add(counted.rate);
    return { rate: counted.rate, isOver: !success };
  } catch (error) {
    // A counter that fails must not become an outage of all that is counted.
    console.error(JSON.stringify({ level: "error", rate_limit: counted.rate, error: String(error) }));
    return null;
  }
}

function limiterOf(env: Env, rate: RateName): RateLimit {
  switch (rate) {
    case "address":
      return env.RATE_ADDRESS;
    case "standard":
      return env.RATE_STANDARD;
    case "high":
      return env.RATE_HIGH;
    case "wrong_token":
      return env.RATE_WRONG_TOKEN;
  }
}
