import { z } from "zod";
import { askHost, readHostJson } from "./ask-host.ts";
import { type HostAccess, type HostClient, type HostFile, HostRefusal } from "./host-client.ts";

const branch = z.object({ commit: z.object({ id: z.string() }) });
const mergeBase = z.object({ id: z.string() });
const entries = z.array(z.object({ id: z.string(), path: z.string(), type: z.string(), mode: z.string() }));

/** Pages of a tree, a hundred files each, that are read at most. */
const mostPages = 2000;

const stateOf = { pending: "running", success: "success", failure: "failed", error: "failed" } as const;

/** GitLab's REST API (https://docs.gitlab.com/api/rest/), of gitlab.com or a server of one's own. */
export function gitlabClient(access: HostAccess): HostClient {
  const base = `/projects/${encodeURIComponent(access.repository)}`;
  const headers = {
    Accept: "application/json",
    "User-Agent": "callsheet",
    ...(access.credential === null ? {} : { "PRIVATE-TOKEN": access.credential }),
  };
  const ask = (path: string, init: { method?: string } = {}) => askHost(access, `${base}${path}`, { ...init, headers });
  return {
    head: async (name) => {
      const response = await orNull(() => ask(`/repository/branches/${encodeURIComponent(name)}`));
      return response === null ? null : (await readHostJson(response, branch)).commit.id;
    },
    compare: async (from, to) => {
      if (from === to) return "identical";
      // A commit that is gone is answered 400.
      const response = await orNull(() => ask(`/repository/merge_base?refs[]=${from}&refs[]=${to}`));
      if (response === null) return "unknown";
      const { id } = await readHostJson(response, mergeBase);
      return id === from ? "ahead" : id === to ? "behind" : "diverged";
    },
    tree: (commit) => readTree(ask, commit),
    read: async (file) => new Uint8Array(await (await ask(`/repository/blobs/${file.blob}/raw`)).arrayBuffer()),
    postStatus: async (commit, { state, description, context, url }) => {
      const query = new URLSearchParams({ state: stateOf[state], name: context, target_url: url, description });
      const response = await ask(`/statuses/${commit}?${query}`, { method: "POST" });
      await response.body?.cancel();
    },
  };
}

async function readTree(ask: (path: string) => Promise<Response>, commit: string): Promise<HostFile[]> {
  const files: HostFile[] = [];
  const first = `/repository/tree?ref=${commit}&recursive=true&per_page=100&pagination=keyset`;
  let query: string | null = first;
  for (let page = 0; query !== null; page++) {
    if (page === mostPages) throw new HostRefusal(`the repository has more than ${mostPages * 100} files`, 422);
    const response = await ask(query);
    const found = await readHostJson(response, entries);
    for (const { id, path, type, mode } of found) {
      const file = { path, blob: id, sizeBytes: null };
      if (type === "commit") files.push({ ...file, type: "submodule" });
      else if (type === "blob") files.push({ ...file, type: mode === "120000" ? "symlink" : "file" });
    }
    query = nextPage(response.headers, first);
  }
  return files;
}

/** Only the token of the next page is taken from the host: where we ask is ours to say. */
function nextPage(headers: Headers, first: string): string | null {
  const [, next] = /<([^>]+)>;\s*rel="next"/.exec(headers.get("link") ?? "") ?? [];
  if (next === undefined || !URL.canParse(next)) return null;
  const params = new URL(next).searchParams;
  const place = ["page_token", "cursor", "page"].flatMap((key) => {
    const value = params.get(key);
    return value === null ? [] : [`&${key}=${encodeURIComponent(value)}`];
  });
  return place.length === 0 ? null : `${first}${place.join("")}`;
}

async function orNull(asking: () => Promise<Response>): Promise<Response | null> {
  try {
    return await asking();
  } catch (error) {
    if (error instanceof HostRefusal && (error.status === 404 || error.status === 400)) return null;
    throw error;
  }
}
