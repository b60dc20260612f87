import { limits } from "../../contract/limits.ts";
import type { OciFailure } from "../../contract/oci/failure.ts";
import { repositoryName } from "../../contract/oci/name.ts";
import { type Result, refusal, success } from "../result.ts";

/** What a scope may ask for in a repository. */
const repositoryActions = ["pull", "push", "delete"] as const;

/** One thing that a token is asked for, or gives a right to. */
export type OciScope =
  | { type: "repository"; repository: string; actions: (typeof repositoryActions)[number][] }
  | { type: "catalog" };

/** `type:name:actions`; a type may have a class, as in `repository(plugin)`. A name may have colons: a host has a port. */
const written = /^([a-z0-9]+)(?:\([a-z0-9]+\))?:(.+):([a-z_*,-]*)$/;

/**
 * Reads scopes, of which each text may have several, separated by spaces. Types and actions that we do not know give no right and are
 * left out; what is no scope at all is refused.
 */
export function parseScopes(texts: readonly string[]): Result<OciScope[], OciFailure> {
  const each = texts.flatMap((text) => text.split(" ")).filter((text) => text !== "");
  if (each.length > limits.ociScopes) {
    const message = `a token is asked for with at most ${limits.ociScopes} scopes, not ${each.length}; ask for several tokens`;
    return refusal({ code: "UNSUPPORTED", status: 400, message });
  }
  const scopes: OciScope[] = [];
  for (const text of each) {
    const [, type, name = "", actions = ""] = written.exec(text) ?? [];
    if (type === undefined) return refusal(noScope(text));
    if (type === "registry" && name === "catalog" && actions === "*") scopes.push({ type: "catalog" });
    if (type !== "repository") continue;
    if (!repositoryName.safeParse(name).success) {
      const message = `the scope ${shortened(text)} names no repository: ${shortened(name)} is no repository's name`;
      return refusal({ code: "NAME_INVALID", message });
    }
    const asked = actions.split(",");
    const known = repositoryActions.filter((action) => asked.includes(action) || asked.includes("*"));
    scopes.push({ type: "repository", repository: name, actions: known });
  }
  return success(scopes);
}

/** A scope as clients write it. */
export function writeScope(scope: OciScope): string {
  return scope.type === "catalog" ? "registry:catalog:*" : `repository:${scope.repository}:${scope.actions.join(",")}`;
}

function noScope(text: string): OciFailure {
  const message = `${shortened(text)} is no scope; a scope is repository:NAME:pull,push,delete or registry:catalog:*`;
  return { code: "UNSUPPORTED", status: 400, message };
}

function shortened(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
