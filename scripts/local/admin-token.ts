import { keptToken } from "./kept-token.ts";

/** The token that writes need. */
export function adminToken(stateDir: string): string {
  return keptToken(stateDir, { variable: "CALLSHEET_ADMIN_TOKEN", file: "admin-token", prefix: "cs_admin_" });
}
