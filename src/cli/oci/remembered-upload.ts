import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where an upload was begun, for the next run of the CLI: what a cut or Ctrl-C left unfinished goes on where it was. */
export interface RememberedUpload {
  recall(): string | null;
  remember(location: string): void;
  forget(): void;
}

/** Remembers the upload of one blob into one repository in the user's cache folder (XDG base directories). Where nothing can be kept, nothing is. */
export function rememberedUpload(
  blob: { url: string; repository: string; digest: string },
  env: Record<string, string | undefined> = process.env,
): RememberedUpload {
  const cache = env.XDG_CACHE_HOME ?? "";
  const folder = join(cache === "" ? join(homedir(), ".cache") : cache, "callsheet", "uploads");
  const name = createHash("sha256").update(`${blob.url} ${blob.repository} ${blob.digest}`).digest("hex");
  const path = join(folder, name);
  return {
    recall: () => attempt(() => readFileSync(path, "utf8")),
    remember(location) {
      attempt(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(path, location, { mode: 0o600 });
      });
    },
    forget() {
      attempt(() => rmSync(path, { force: true }));
    },
  };
}

/** A cache that cannot be read or written is none. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
