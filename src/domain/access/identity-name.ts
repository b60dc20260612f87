import { limits } from "../../contract/limits.ts";
import { claimText } from "./unfit-claims.ts";

/** What a signed identity is called: its repository where it has one, else its subject. */
export function identityName(claims: object): string {
  const [named = "an identity without a subject"] = ["repository", "project_path", "sub"].flatMap(
    (claim) => claimText(claims, claim) || [],
  );
  return oneLine(named, limits.callerNameLength);
}

/** What the token is called that a publisher's identity gets; it goes into histories, like every token's name. */
export function exchangedName(publisher: string, claims: object): string {
  return oneLine(`${publisher}:${identityName(claims)}`, limits.callerNameLength);
}

/** Visible characters of one line, as names of callers are. */
function oneLine(text: string, length: number): string {
  const visible = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "");
  return visible.length <= length ? visible : `${visible.slice(0, length - 1).replace(/\p{Cs}$/u, "")}…`;
}
