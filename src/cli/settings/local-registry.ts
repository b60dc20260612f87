import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";

/** What `npm start` writes into its state folder, so that a CLI beside it needs no settings. */
const localRegistry = z.object({ url: z.url(), admin_token: z.string().min(1) });
export type LocalRegistry = z.infer<typeof localRegistry>;

/** The local registry of a told state folder; else the nearest `.callsheet/` from `cwd` upward, else the one beside the package. */
export function findLocalRegistry(
  cwd: string,
  packageFolder: string,
  stateFolder: string | undefined,
): LocalRegistry | null {
  if (stateFolder !== undefined) return readRegistryFile(join(resolve(cwd, stateFolder), "registry.json"));
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const found = readRegistryFile(join(folder, ".callsheet", "registry.json"));
    if (found !== null) return found;
    if (folder === dirname(folder)) return readRegistryFile(join(packageFolder, ".callsheet", "registry.json"));
  }
}

/** Whether two URLs are one registry; the names of this machine count as one. */
export function samePlace(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && placeOf(one) === placeOf(other);
}

function placeOf(text: string): string {
  const url = new URL(text);
  const host = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname) ? "loopback" : url.hostname;
  return `${url.protocol}//${host}:${url.port}${url.pathname.replace(/\/+$/, "")}`;
}

/** Null also for a file that is half-written or not ours: then it tells nothing. */
function readRegistryFile(path: string): LocalRegistry | null {
  if (!existsSync(path)) return null;
  try {
    return localRegistry.safeParse(JSON.parse(readFileSync(path, "utf8"))).data ?? null;
  } catch {
    return null;
  }
}
