import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The token that writes need: from the environment, else from the state folder, else made now and kept there. */
export function adminToken(stateDir: string): string {
  const given = process.env.CALLSHEET_ADMIN_TOKEN;
  if (given !== undefined && given !== "") return given;
  const path = join(stateDir, "admin-token");
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  const token = `cs_admin_${randomBytes(24).toString("base64url")}`;
  writeFileSync(path, `${token}\n`, { mode: 0o600 });
  return token;
}
