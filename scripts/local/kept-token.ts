import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A token of this registry: from the environment, else from a file in the state folder, else made now and kept there. */
export function keptToken(stateDir: string, token: { variable: string; file: string; prefix: string }): string {
  const given = process.env[token.variable];
  if (given !== undefined && given !== "") return given;
  const path = join(stateDir, token.file);
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  const made = `${token.prefix}${randomBytes(24).toString("base64url")}`;
  writeFileSync(path, `${made}\n`, { mode: 0o600 });
  return made;
}
