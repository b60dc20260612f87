import { z } from "zod";
import { readHostJson } from "./ask-host.ts";
import { type HostFile, HostRefusal } from "./host-client.ts";

const entry = z.object({
  path: z.string(),
  mode: z.string(),
  type: z.string(),
  sha: z.string(),
  size: z.number().nullish(),
});
type Entry = z.infer<typeof entry>;
const tree = z.object({ tree: z.array(entry), truncated: z.boolean().default(false) });

/** Workers open at most six connections at once for one request. */
const asksAtOnce = 6;
/** Folders that are walked at most, where GitHub does not tell the whole tree at once. */
const mostFolders = 5000;

/** All files at a commit: in one answer, or, where that is cut off, folder by folder. */
export async function readGithubTree(ask: (path: string) => Promise<Response>, commit: string): Promise<HostFile[]> {
  const whole = await readHostJson(await ask(`/git/trees/${commit}?recursive=1`), tree);
  if (!whole.truncated) return whole.tree.flatMap((one) => fileOf(one, ""));
  return walk(ask, commit);
}

async function walk(ask: (path: string) => Promise<Response>, commit: string): Promise<HostFile[]> {
  const files: HostFile[] = [];
  let folders = [{ sha: commit, prefix: "" }];
  let walked = 0;
  while (folders.length > 0) {
    const some = folders.slice(0, asksAtOnce);
    folders = folders.slice(asksAtOnce);
    walked += some.length;
    if (walked > mostFolders) throw new HostRefusal(`the repository has more than ${mostFolders} folders`, 422);
    const read = some.map(async ({ sha, prefix }) => {
      const answer = await readHostJson(await ask(`/git/trees/${sha}`), tree);
      return answer.tree.map((one) => ({ one, prefix }));
    });
    for (const { one, prefix } of (await Promise.all(read)).flat()) {
      if (one.type === "tree") folders.push({ sha: one.sha, prefix: `${prefix}${one.path}/` });
      else files.push(...fileOf(one, prefix));
    }
  }
  return files;
}

function fileOf({ path, mode, type, sha, size }: Entry, prefix: string): HostFile[] {
  const file = { path: `${prefix}${path}`, blob: sha, sizeBytes: size ?? null };
  if (type === "commit") return [{ ...file, type: "submodule" }];
  if (type !== "blob") return [];
  return [{ ...file, type: mode === "120000" ? "symlink" : "file" }];
}
