import { z } from "zod";
import { askHost, readHostJson } from "./ask-host.ts";
import { readGithubTree } from "./github-tree.ts";
import { type HostAccess, type HostClient, HostRefusal, type PostedStatus } from "./host-client.ts";

const branch = z.object({ commit: z.object({ sha: z.string() }) });
const comparison = z.object({ status: z.enum(["ahead", "behind", "identical", "diverged"]) });
const blob = z.object({ content: z.string(), encoding: z.string() });

/** GitHub's REST API (https://docs.github.com/rest), of github.com or a server of one's own. */
export function githubClient(access: HostAccess): HostClient {
  const base = `/repos/${access.repository.split("/").map(encodeURIComponent).join("/")}`;
  const ask = (path: string, init: { method?: string; body?: string } = {}) =>
    askHost(access, `${base}${path}`, { ...init, headers: headersOf(access.credential) });
  return {
    head: async (name) => {
      const response = await orNull(() => ask(`/branches/${encodeURIComponent(name)}`));
      return response === null ? null : (await readHostJson(response, branch)).commit.sha;
    },
    compare: async (from, to) => {
      // A page of one commit: only how they stand to each other is wanted.
      const response = await orNull(() => ask(`/compare/${from}...${to}?per_page=1`));
      return response === null ? "unknown" : (await readHostJson(response, comparison)).status;
    },
    tree: (commit) => readGithubTree(ask, commit),
    read: async (file) => {
      const { content, encoding } = await readHostJson(await ask(`/git/blobs/${file.blob}`), blob);
      if (encoding !== "base64") return new TextEncoder().encode(content);
      return Uint8Array.from(atob(content.replaceAll(/\s/g, "")), (char) => char.charCodeAt(0));
    },
    postStatus: async (commit, status) => {
      const response = await ask(`/statuses/${commit}`, { method: "POST", body: bodyOf(status) });
      await response.body?.cancel();
    },
  };
}

/** Null for what is not there. */
async function orNull(asking: () => Promise<Response>): Promise<Response | null> {
  try {
    return await asking();
  } catch (error) {
    if (error instanceof HostRefusal && error.status === 404) return null;
    throw error;
  }
}

function bodyOf({ state, description, context, url }: PostedStatus): string {
  return JSON.stringify({ state, description, context, target_url: url });
}

function headersOf(credential: string | null): Record<string, string> {
  return {
    Accept: "application/vnd.github+json",
    "Content-Type": "application/json",
    "X-GitHub-Api-Version": "2022-11-28",
    "User-Agent": "callsheet",
    ...(credential === null ? {} : { Authorization: `Bearer ${credential}` }),
  };
}
