/** What a `WWW-Authenticate` header asks for. */
export interface Challenge {
  scheme: "bearer" | "basic";
  realm: string;
  service: string | null;
  scope: string | null;
}

/** Reads a challenge (RFC 9110 section 11.6.1, Docker's token flow); null when there is none that we can answer. */
export function readChallenge(header: string | null): Challenge | null {
  const [, named = "", rest = ""] = /^\s*(bearer|basic)\s+(.*)$/is.exec(header ?? "") ?? [];
  if (named === "") return null;
  const said = new Map<string, string>();
  for (const [, key = "", quoted, bare] of rest.matchAll(/([a-z_]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi)) {
    said.set(key.toLowerCase(), quoted === undefined ? (bare ?? "") : quoted.replace(/\\(.)/g, "$1"));
  }
  const scheme = named.toLowerCase() === "bearer" ? "bearer" : "basic";
  return {
    scheme,
    realm: said.get("realm") ?? "",
    service: said.get("service") ?? null,
    scope: said.get("scope") ?? null,
  };
}
