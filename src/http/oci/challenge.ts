import type { OciFailure } from "../../contract/oci/failure.ts";
import { repositoryName } from "../../contract/oci/name.ts";
import { type OciScope, writeScope } from "../../domain/oci/access-scope.ts";
import type { OciAction } from "../needs.ts";

/** The name of this registry in challenges and tokens. */
const service = "callsheet";

/**
 * The `WWW-Authenticate` that a 401 at `/v2/` carries: where a token is to be had, and for what (RFC 6750; the token flow of Docker's
 * registry). The realm must be absolute.
 */
export function challengeOf(
  url: URL,
  asked: { repository: string | null; action: OciAction },
  failure: OciFailure,
): string {
  const scopes = scopesOf(url, asked);
  const said = [
    `realm="${url.origin}/v2/token"`,
    `service="${service}"`,
    ...(scopes.length === 0 ? [] : [`scope="${scopes.map(writeScope).join(" ")}"`]),
    // Who has a token that does not say this asks for another by the scope above (containers/image: only with this).
    ...(failure.code === "DENIED" ? ['error="insufficient_scope"'] : []),
  ];
  return `Bearer ${said.join(",")}`;
}

/** The challenge of the token endpoint itself. */
export const loginChallenge = `Basic realm="${service}"`;

/** Whoever pushes also asks what is there already; whoever mounts a blob reads it in the repository that has it. */
function scopesOf(url: URL, { repository, action }: { repository: string | null; action: OciAction }): OciScope[] {
  if (action === "catalog") return [{ type: "catalog" }];
  if (action === "ping" || repository === null) return [];
  const own: OciScope = { type: "repository", repository, actions: action === "pull" ? ["pull"] : ["pull", action] };
  const from = repositoryName.safeParse(url.searchParams.get("from"));
  const isMount = url.searchParams.has("mount") && from.success && from.data !== repository;
  return isMount ? [own, { type: "repository", repository: from.data, actions: ["pull"] }] : [own];
}
