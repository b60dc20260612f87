import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CommandRefusal } from "../command-refusal.ts";
import { type ConfigFile, readConfigFile } from "./config-file.ts";
import type { GlobalFlags } from "./global-flags.ts";
import { type KeptLogin, loginFor, loginsPath, readLogins } from "./kept-logins.ts";
import { findLocalRegistry, type LocalRegistry, samePlace } from "./local-registry.ts";

/** Which kind of place said a setting; `told` names it for people. */
export interface SettingSource {
  kind: "flag" | "environment" | "file" | "login" | "local" | "default";
  told: string;
}

/** Where the registry is, and how to be let in. */
export interface Settings {
  url: string;
  urlFrom: SettingSource;
  token: string | null;
  /** Null: there is no token. */
  tokenFrom: SettingSource | null;
  minSeq: number;
}

export const defaultUrl = "http://127.0.0.1:8787";

/**
 * Flags, then environment, then `callsheet.yaml`. Then the URL is the local registry's, else that of the newest login; a token is the one that
 * was kept by a login to that URL, else the local registry's own.
 */
export function readSettings(
  flags: GlobalFlags,
  env: Record<string, string | undefined>,
  cwd: string,
  packageFolder: string,
): Settings {
  const config = readNearestConfig(cwd);
  const stateFolder = given(env.CALLSHEET_STATE_DIR) ?? resolvedIn(config, config?.content.state_dir);
  const local = findLocalRegistry(cwd, packageFolder, stateFolder);
  const known: Known = { config, local, loginsFile: loginsPath(env) };
  const { url: said, from: urlFrom } = chooseUrl(flags, env, known);
  const url = checkedUrl(said);
  const { token, from: tokenFrom } = chooseToken(url, flags, env, known);
  return { url, urlFrom, token, tokenFrom, minSeq: flags.minSeq ?? 0 };
}

/** What lies in files. */
interface Known {
  config: NearestConfig | null;
  local: LocalRegistry | null;
  loginsFile: string | null;
}

function chooseUrl(
  flags: GlobalFlags,
  env: Record<string, string | undefined>,
  { config, local, loginsFile }: Known,
): { url: string; from: SettingSource } {
  if (flags.url !== undefined) return { url: flags.url, from: { kind: "flag", told: "--url" } };
  const fromEnv = given(env.CALLSHEET_URL);
  if (fromEnv !== undefined) return { url: fromEnv, from: { kind: "environment", told: "CALLSHEET_URL" } };
  if (config?.content.url !== undefined) return { url: config.content.url, from: { kind: "file", told: config.path } };
  if (local !== null) return { url: local.url, from: localSource };
  // Who started a registry here means that one, not the one that they logged in to some day.
  const [newest] = readLogins(loginsFile);
  if (newest !== undefined) return { url: newest.url, from: loginSource(newest) };
  return { url: defaultUrl, from: { kind: "default", told: "nothing says another" } };
}

/** A token that a file gives goes only to the registry that the file names: `--url` must not carry it elsewhere. */
function chooseToken(
  url: string,
  flags: GlobalFlags,
  env: Record<string, string | undefined>,
  { config, local, loginsFile }: Known,
): { token: string | null; from: SettingSource | null } {
  if (flags.token !== undefined) return { token: flags.token, from: { kind: "flag", told: "--token" } };
  for (const told of tokenVariables) {
    const token = given(env[told]);
    if (token !== undefined) return { token, from: { kind: "environment", told } };
  }
  const tokenFile = resolvedIn(config, config?.content.token_file);
  if (tokenFile !== undefined && (config?.content.url === undefined || samePlace(config.content.url, url))) {
    if (!existsSync(tokenFile)) throw new CommandRefusal(`${config?.path}: token_file: ${tokenFile} does not exist`);
    return { token: readFileSync(tokenFile, "utf8").trim(), from: { kind: "file", told: tokenFile } };
  }
  const login = loginFor(readLogins(loginsFile), url);
  if (login !== undefined) return { token: login.token, from: loginSource(login) };
  if (local !== null && samePlace(local.url, url)) return { token: local.admin_token, from: localSource };
  return { token: null, from: null };
}

/** The first of them that is set counts. */
export const tokenVariables = ["CALLSHEET_TOKEN", "CALLSHEET_ADMIN_TOKEN"] as const;

const localSource: SettingSource = { kind: "local", told: "the registry of this machine" };

function loginSource({ name }: KeptLogin): SettingSource {
  return { kind: "login", told: `callsheet login (${name})` };
}

interface NearestConfig {
  path: string;
  content: ConfigFile;
}

function readNearestConfig(cwd: string): NearestConfig | null {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const path = join(folder, "callsheet.yaml");
    if (existsSync(path)) return { path, content: readConfigFile(path, readFileSync(path, "utf8")) };
    if (folder === dirname(folder)) return null;
  }
}

function resolvedIn(config: NearestConfig | null, path: string | undefined): string | undefined {
  return config === null || path === undefined ? undefined : resolve(dirname(config.path), path);
}

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CommandRefusal(
      `"${text}" is no registry URL; give http:// or https:// and a host, like https://registry.example.com`,
    );
  }
  return text.replace(/\/+$/, "");
}

function given(text: string | undefined): string | undefined {
  return text === undefined || text === "" ? undefined : text;
}
