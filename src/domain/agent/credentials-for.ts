import type { AgentCredentials } from "../../contract/agent/credentials.ts";

/** The headers that the agent at an address knows us by. */
export function credentialsFor(credentials: AgentCredentials, url: string): Readonly<Record<string, string>> {
  const address = withoutEnd(url);
  const known = Object.entries(credentials).find(([one]) => withoutEnd(one) === address);
  return known === undefined ? {} : known[1];
}

function withoutEnd(url: string): string {
  return url.replace(/\/+$/, "");
}
