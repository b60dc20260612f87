import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CommandRefusal } from "../command-refusal.ts";
import { type ConfigFile, readConfigFile } from "./config-file.ts";
import type { GlobalFlags } from "./global-flags.ts";
import { findLocalRegistry, type LocalRegistry, samePlace } from "./local-registry.ts";

/** Where the registry is, and how to be let in. */
export interface Settings {
  url: string;
  token: string | null;
  minSeq: number;
}

export const defaultUrl = "http://127.0.0.1:8787";

/** Flags, then environment, then `callsheet.yaml`, then the local registry's own state folder, then the default. */
export function readSettings(
  flags: GlobalFlags,
  env: Record<string, string | undefined>,
  cwd: string,
  packageFolder: string,
): Settings {
  const config = readNearestConfig(cwd);
  const stateFolder = given(env.CALLSHEET_STATE_DIR) ?? resolvedIn(config, config?.content.state_dir);
  const local = findLocalRegistry(cwd, packageFolder, stateFolder);
  const explicitUrl = flags.url ?? given(env.CALLSHEET_URL);
  const url = checkedUrl(explicitUrl ?? config?.content.url ?? local?.url ?? defaultUrl);
  return { url, token: chooseToken(url, flags, env, config, local), minSeq: flags.minSeq ?? 0 };
}

/** A token that a file gives goes only to the registry that the file names: `--url` must not carry it elsewhere. */
function chooseToken(
  url: string,
  flags: GlobalFlags,
  env: Record<string, string | undefined>,
  config: NearestConfig | null,
  local: LocalRegistry | null,
): string | null {
  const told = flags.token ?? given(env.CALLSHEET_TOKEN) ?? given(env.CALLSHEET_ADMIN_TOKEN);
  if (told !== undefined) return told;
  const tokenFile = resolvedIn(config, config?.content.token_file);
  if (tokenFile !== undefined && (config?.content.url === undefined || samePlace(config.content.url, url))) {
    if (!existsSync(tokenFile)) throw new CommandRefusal(`${config?.path}: token_file: ${tokenFile} does not exist`);
    return readFileSync(tokenFile, "utf8").trim();
  }
  return local !== null && samePlace(local.url, url) ? local.admin_token : null;
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
