import type { OciFailure } from "../../contract/oci/failure.ts";
import type { OciHolder } from "../../contract/oci/token.ts";
import { type Result, refusal, success } from "../result.ts";
import type { OciScope } from "./access-scope.ts";

/** What someone wants to do at `/v2/`. `repository` is null where none is asked for. */
export interface OciWish {
  repository: string | null;
  action: "ping" | "catalog" | "pull" | "push" | "delete";
}

/** What the settings say about those whom the registry does not know. */
export interface OciOpenness {
  publicReads: boolean;
  anonymousPush: boolean;
}

/** What came with a request. */
export type OciCredentials =
  | { type: "none" }
  /** A token that the registry knows. */
  | { type: "known"; holder: OciHolder }
  /** A token of the token endpoint. */
  | { type: "granted"; holder: OciHolder; scopes: OciScope[] }
  | { type: "wrong"; message: string };

/** Deleting needs the right to push. */
type Right = "catalog" | "pull" | "push";

/** Decides who may do what at `/v2/`. What anyone may do, everyone may who did not send wrong credentials. */
export function judgeAccess(
  given: OciCredentials,
  wish: OciWish,
  openness: OciOpenness,
): Result<{ name: OciHolder }, OciFailure> {
  if (given.type === "wrong") return refusal({ code: "UNAUTHORIZED", message: given.message });
  if (given.type === "none") return mayAnyone(wish, openness) ? success(anonymous) : refusal(needsLogin(wish));

  const holder = { name: given.holder };
  if (wish.action === "ping") {
    // Who has no login and finds nothing public learns here that they need one.
    const isOpen = openness.publicReads || openness.anonymousPush;
    return given.holder !== "anonymous" || isOpen ? success(holder) : refusal(needsLogin(wish));
  }
  if (mayAnyone(wish, openness)) return success(holder);
  if (!hasRight(given.holder, rightFor(wish.action), openness)) {
    return refusal(given.holder === "anonymous" ? needsLogin(wish) : notAllowed(given.holder, wish));
  }
  if (given.type === "granted" && !given.scopes.some((scope) => covers(scope, wish))) return refusal(needsScope(wish));
  return success(holder);
}

/** What of these scopes may be granted to someone. */
export function grantScopes(holder: OciHolder, scopes: readonly OciScope[], openness: OciOpenness): OciScope[] {
  return scopes.flatMap((scope): OciScope[] => {
    if (scope.type === "catalog") return hasRight(holder, "catalog", openness) ? [scope] : [];
    const actions = scope.actions.filter((action) => hasRight(holder, rightFor(action), openness));
    return actions.length === 0 ? [] : [{ ...scope, actions }];
  });
}

const anonymous = { name: "anonymous" } as const;

function mayAnyone({ action }: OciWish, openness: OciOpenness): boolean {
  return action !== "ping" && hasRight("anonymous", rightFor(action), openness);
}

function hasRight(holder: OciHolder, right: Right, openness: OciOpenness): boolean {
  if (holder === "admin") return true;
  // A runner's token connects runners, and nothing else.
  return right === "push" ? openness.anonymousPush : openness.publicReads;
}

function rightFor(action: "catalog" | "pull" | "push" | "delete"): Right {
  return action === "delete" ? "push" : action;
}

/** Whether a scope has the right in it: pulling must be said, and who may push may delete. */
function covers(scope: OciScope, { repository, action }: OciWish): boolean {
  if (scope.type === "catalog") return action === "catalog";
  if (scope.repository !== repository) return false;
  return scope.actions.some((given) => given === action || (given === "push" && action === "delete"));
}

function needsLogin(wish: OciWish): OciFailure {
  const message = `${wordsOf(wish)} needs a login: any user name, and as password a token that this registry knows`;
  return { code: "UNAUTHORIZED", message };
}

/** 401, not 403: clients ask for another token only then. */
function needsScope(wish: OciWish): OciFailure {
  const message = `the token is good, but was not granted for this: ${wordsOf(wish)} needs one with the scope of the challenge`;
  return { code: "DENIED", status: 401, message };
}

function notAllowed(holder: OciHolder, wish: OciWish): OciFailure {
  const message = `the token of a ${holder} does not allow this: ${wordsOf(wish)} needs another`;
  return { code: "DENIED", message };
}

const verbs = { pull: "reading", push: "pushing to", delete: "deleting from" } as const;

function wordsOf({ repository, action }: OciWish): string {
  if (action === "ping") return "using this registry";
  if (action === "catalog") return "listing the repositories";
  return `${verbs[action]} ${repository ?? "a repository"}`;
}
