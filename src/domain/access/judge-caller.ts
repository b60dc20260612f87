import { everyName } from "../../contract/access/name-pattern.ts";
import { type AccessScope, scopesWithin } from "../../contract/access/scope.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Caller } from "./caller.ts";
import { areOfAllNames, matchesName } from "./matches-name.ts";

/** Whether a caller has a scope, by itself or within another. */
export function hasScope({ scopes }: Pick<Caller, "scopes">, asked: AccessScope): boolean {
  return scopes.some((scope) => (scopesWithin[scope] as readonly AccessScope[]).includes(asked));
}

/** Why a caller may not do what needs a scope; null: they may. */
export function judgeScope(caller: Caller, asked: AccessScope): Failure | null {
  if (hasScope(caller, asked)) return null;
  return { code: "FORBIDDEN", message: scopeMessage(caller, asked) };
}

/** Why a caller may not touch a repository's name; null: they may. */
export function judgeName(caller: Pick<Caller, "name" | "names">, name: string): Failure | null {
  return matchesName(caller.names, name) ? null : { code: "FORBIDDEN", message: nameMessage(caller, name) };
}

/** Why a caller may not touch what belongs to no one name; null: they are for every name. */
export function judgeEveryName(caller: Pick<Caller, "name" | "names">): Failure | null {
  if (areOfAllNames(caller.names)) return null;
  const message = `this is about more than ${whose(caller)} names, ${caller.names.join(", ")}; it needs a token for ${everyName}`;
  return { code: "FORBIDDEN", message };
}

/** Which scope is needed, and which there are. */
export function scopeMessage(caller: Pick<Caller, "name" | "scopes">, asked: AccessScope): string {
  const had = caller.scopes.length === 0 ? "none" : caller.scopes.join(", ");
  return `this needs the scope ${asked}, and ${whose(caller)} scopes are: ${had}`;
}

/** Which name is meant, and which names there are. */
export function nameMessage(caller: Pick<Caller, "name" | "names">, name: string): string {
  return `${whose(caller)} names are ${caller.names.join(", ")}, and ${name.slice(0, 150)} is none of them; use a token that is for it`;
}

function whose({ name }: Pick<Caller, "name">): string {
  return `"${name}"'s`;
}
