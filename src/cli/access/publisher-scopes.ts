import type { AccessScope } from "../../contract/access/scope.ts";
import { CommandRefusal } from "../command-refusal.ts";

type PublisherScope = Exclude<AccessScope, "admin">;

/** Scopes as a trusted publisher may have them. */
export function readScopesWithoutAdmin(scopes: readonly AccessScope[]): PublisherScope[] {
  return scopes.map((scope) => {
    if (scope !== "admin") return scope;
    throw new CommandRefusal("--scope admin: who has no stored secret can be no administrator; make a token for that");
  });
}
