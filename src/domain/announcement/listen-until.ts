import { limits } from "../../contract/limits.ts";
import type { Caller } from "../access/caller.ts";

/**
 * Until when (ms since 1970) a caller may listen without asking again: the end of their right, and no longer than a few minutes with an access token,
 * since it may be revoked. Null: for as long as they like.
 */
export function listenUntil(caller: Caller, nowMs: number): number | null {
  const ends = [
    ...(caller.expiresAt === null ? [] : [Date.parse(caller.expiresAt)]),
    ...(caller.tokenId === null ? [] : [nowMs + limits.listenerTokenSeconds * 1000]),
  ];
  return ends.length === 0 ? null : Math.min(...ends);
}
