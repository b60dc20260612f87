import { everyName } from "../../contract/access/name-pattern.ts";
import type { AccessScope } from "../../contract/access/scope.ts";
import type { OciFailure } from "../../contract/oci/failure.ts";
import { anonymous, type Caller } from "../access/caller.ts";
import { hasScope, nameMessage, scopeMessage } from "../access/judge-caller.ts";
import { matchesName } from "../access/matches-name.ts";
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
  /** A secret that the registry knows. */
  | { type: "known"; caller: Caller }
  /** A token of the token endpoint. */
  | { type: "granted"; caller: Caller; scopes: OciScope[] }
  /** `wait`: too many wrong ones came before. */
  | { type: "wrong"; message: string; waitSeconds?: number };

/** Deleting needs the right to push. */
type Right = "catalog" | "pull" | "push";
const scopeOf = { catalog: "read", pull: "read", push: "publish" } as const satisfies Record<Right, AccessScope>;

/** Decides who may do what at `/v2/`. What anyone may do, everyone may who did not send wrong credentials. */
export function judgeAccess(given: OciCredentials, wish: OciWish, openness: OciOpenness): Result<Caller, OciFailure> {
  if (given.type === "wrong") return refusal(wrongFailure(given));
  if (given.type === "none") return mayAnyone(wish, openness) ? success(anonymous) : refusal(needsLogin(wish));

  const { caller } = given;
  if (wish.action === "ping") {
    // Who has no login and finds nothing public learns here that they need one.
    const isOpen = openness.publicReads || openness.anonymousPush;
    return isKnown(caller) || isOpen ? success(caller) : refusal(needsLogin(wish));
  }
  if (mayAnyone(wish, openness)) return success({ ...caller, names: [everyName] });
  const right = rightFor(wish.action);
  if (!hasScope(caller, scopeOf[right]) || !fits(caller, wish.repository)) {
    return refusal(isKnown(caller) ? notAllowed(caller, wish, scopeOf[right]) : needsLogin(wish));
  }
  if (given.type === "granted" && !given.scopes.some((scope) => covers(scope, wish))) return refusal(needsScope(wish));
  return success(caller);
}

/** What of these scopes may be granted to someone. */
export function grantScopes(caller: Caller, scopes: readonly OciScope[], openness: OciOpenness): OciScope[] {
  const may = (right: Right, repository: string | null) =>
    isOpen(right, openness) || (hasScope(caller, scopeOf[right]) && fits(caller, repository));
  return scopes.flatMap((scope): OciScope[] => {
    if (scope.type === "catalog") return may("catalog", null) ? [scope] : [];
    const actions = scope.actions.filter((action) => may(rightFor(action), scope.repository));
    return actions.length === 0 ? [] : [{ ...scope, actions }];
  });
}

/** Credentials that are not good, as a client is told. */
export function wrongFailure({ message, waitSeconds }: Extract<OciCredentials, { type: "wrong" }>): OciFailure {
  if (waitSeconds === undefined) return { code: "UNAUTHORIZED", message };
  return { code: "TOOMANYREQUESTS", message, retryAfterSeconds: waitSeconds };
}

function isKnown({ name }: Caller): boolean {
  return name !== anonymous.name;
}

function mayAnyone({ action }: OciWish, openness: OciOpenness): boolean {
  return action !== "ping" && isOpen(rightFor(action), openness);
}

function isOpen(right: Right, openness: OciOpenness): boolean {
  return right === "push" ? openness.anonymousPush : openness.publicReads;
}

/** The catalogue is of no repository: it shows what fits. */
function fits(caller: Caller, repository: string | null): boolean {
  return repository === null || matchesName(caller.names, repository);
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

function notAllowed(caller: Caller, wish: OciWish, scope: AccessScope): OciFailure {
  const { repository } = wish;
  const isScope = repository === null || !hasScope(caller, scope);
  const why = isScope ? scopeMessage(caller, scope) : nameMessage(caller, repository);
  return { code: "DENIED", message: `${wordsOf(wish)} is not allowed: ${why}` };
}

const verbs = { pull: "reading", push: "pushing to", delete: "deleting from" } as const;

function wordsOf({ repository, action }: OciWish): string {
  if (action === "ping") return "using this registry";
  if (action === "catalog") return "listing the repositories";
  return `${verbs[action]} ${repository ?? "a repository"}`;
}
