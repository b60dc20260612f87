import { nodeId } from "./account-object.ts";
import { type ApiAnswer, answer, linedBase64, notFound, refuse } from "./api-answer.ts";
import { type ApiRequest, repositoryUrl } from "./api-request.ts";
import type { BareRepository } from "./bare-repository.ts";

/** `GET /repos/{owner}/{repo}/git/trees/{tree_sha}?recursive=1` */
export async function getTree(request: ApiRequest): Promise<ApiAnswer> {
  const { host, repository, query, rest } = request;
  if ((await repository.refs()).size === 0) return refuse(409, "Git Repository is empty.");
  const found = await repository.object(`${rest}^{tree}`);
  if (found === null) return notFound();
  // Asked by a commit's id or a branch's name, it is told under that.
  const named = (await repository.object(rest))?.sha ?? found.sha;
  const all = await listTree(repository, found.sha, query.has("recursive"));
  const isTruncated = query.has("recursive") && all.length > host.treeLimit;
  const url = repositoryUrl(request);
  const tree = all.slice(0, isTruncated ? host.treeLimit : undefined).map(({ mode, type, sha, size, path }) => ({
    ...{ path, mode, type, sha },
    ...(size === null ? {} : { size }),
    // A submodule's commit is another repository's.
    ...(type === "commit" ? {} : { url: `${url}/git/${type}s/${sha}` }),
  }));
  return answer({ sha: named, url: `${url}/git/trees/${named}`, tree, truncated: isTruncated });
}

/** `GET /repos/{owner}/{repo}/git/blobs/{file_sha}` */
export async function getBlob(request: ApiRequest): Promise<ApiAnswer> {
  const { repository, rest, accept } = request;
  if (!/^[0-9a-f]{40}$/.test(rest))
    return refuse(422, "The sha parameter must be exactly 40 characters and contain only [0-9a-f].");
  const found = await repository.object(rest);
  if (found === null || found.type !== "blob") return notFound();
  if (/\braw\b/.test(accept)) return rawAnswer(found.bytes, accept);
  const { sha, bytes } = found;
  const url = `${repositoryUrl(request)}/git/blobs/${sha}`;
  const facts = { sha, node_id: nodeId("Blob", sha), size: bytes.length, url };
  return answer({ ...facts, content: linedBase64(bytes), encoding: "base64" });
}

/** Bytes as they are. */
export function rawAnswer(bytes: Buffer, accept: string): ApiAnswer {
  const type = accept.split(",")[0]?.trim() ?? "application/vnd.github.raw";
  return { status: 200, body: bytes, headers: { "content-type": `${type}; charset=utf-8` } };
}

/** An entry of a tree; `size` is a file's. */
export interface TreeEntry {
  mode: string;
  type: string;
  sha: string;
  size: number | null;
  path: string;
}

/** A tree's entries, folders too, as git sorts them. */
export async function listTree(repository: BareRepository, sha: string, isRecursive: boolean): Promise<TreeEntry[]> {
  const printed = await repository.git(["ls-tree", "-z", "-l", ...(isRecursive ? ["-r", "-t"] : []), sha]);
  return printed.split("\0").flatMap((line) => {
    const [, mode, type, id, size, path] = /^(\d+) (\w+) ([0-9a-f]{40}) +(\d+|-)\t([\s\S]+)$/.exec(line) ?? [];
    if (mode === undefined || type === undefined || id === undefined || path === undefined) return [];
    return [{ mode, type, sha: id, size: size === "-" ? null : Number(size), path }];
  });
}
