import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { z } from "zod";
import { CommandRefusal } from "../command-refusal.ts";
import { samePlace } from "./local-registry.ts";

const keptLogin = z.object({
  url: z.url(),
  token: z.string().min(1),
  /** Who it is, as the registry told when it was kept. */
  name: z.string(),
  expires_at: z.string().nullable(),
});
export type KeptLogin = z.infer<typeof keptLogin>;

/** `logins.json`: the registry of the newest login comes first, and is the one that is talked to where nothing nearer says one. */
const loginsFile = z.object({ logins: z.array(keptLogin) });

type Env = Record<string, string | undefined>;

/** Where logins are kept (XDG Base Directory Specification: what is not absolute does not count); null where there is no home. */
export function loginsPath({ XDG_CONFIG_HOME: config, HOME, USERPROFILE }: Env): string | null {
  if (config !== undefined && isAbsolute(config)) return join(config, "callsheet", "logins.json");
  const home = HOME || USERPROFILE;
  return home === undefined || home === "" ? null : join(home, ".config", "callsheet", "logins.json");
}

/** All that are kept, newest first. A file that cannot be understood is refused: without it another token might go out. */
export function readLogins(path: string | null): readonly KeptLogin[] {
  if (path === null || !existsSync(path)) return [];
  try {
    return loginsFile.parse(JSON.parse(readFileSync(path, "utf8"))).logins;
  } catch (cause) {
    const why = cause instanceof z.ZodError ? "it is not what `callsheet login` writes" : describe(cause);
    throw new CommandRefusal(`${path} cannot be read: ${why}; remove it and log in again`);
  }
}

/** The login that is kept for a registry. */
export function loginFor(logins: readonly KeptLogin[], url: string): KeptLogin | undefined {
  return logins.find((login) => samePlace(login.url, url));
}

/** Keeps a login, in place of the one before for the same registry. */
export function keepLogin(path: string, login: KeptLogin): void {
  const others = readLogins(path).filter(({ url }) => !samePlace(url, login.url));
  writeLogins(path, [login, ...others]);
}

/** Forgets the logins that are meant, and answers them. */
export function forgetLogins(path: string | null, isMeant: (login: KeptLogin) => boolean): readonly KeptLogin[] {
  const kept = readLogins(path);
  const gone = kept.filter(isMeant);
  if (path === null || gone.length === 0) return [];
  const left = kept.filter((login) => !gone.includes(login));
  if (left.length === 0) rmSync(path, { force: true });
  else writeLogins(path, left);
  return gone;
}

/** Only its owner may read it, from its first byte on; whoever reads it meanwhile reads the one before. */
function writeLogins(path: string, logins: readonly KeptLogin[]): void {
  const part = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(part, `${JSON.stringify({ logins }, null, 2)}\n`, { flag: "wx", mode: 0o600 });
    renameSync(part, path);
  } catch (cause) {
    if (existsSync(part)) rmSync(part);
    throw new CommandRefusal(`${path} cannot be written: ${describe(cause)}`);
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
