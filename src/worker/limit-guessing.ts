import { addressKey } from "../domain/access/address-key.ts";
import { settingsOf } from "./settings.ts";

/** How long an address that sent too many wrong tokens is to wait. */
export const guessingWaitSeconds = 60;

/** Whether an address has sent more tokens that nobody knows than anyone mistypes. Counts this one. */
export async function isGuessing(env: Env, request: Request): Promise<boolean> {
  const address = request.headers.get("cf-connecting-ip");
  if (address === null || settingsOf(env).RATE_LIMITS === "off") return false;
  return !(await env.RATE_WRONG_TOKEN.limit({ key: addressKey(address) })).success;
}

/** What it is told. */
export const guessingMessage = `too many unknown tokens came from this address; wait ${guessingWaitSeconds} s`;
