import { type ApiAnswer, answer, linedBase64, notFound, refuse } from "./api-answer.ts";
import { listTree, rawAnswer, type TreeEntry } from "./api-git-objects.ts";
import { type ApiRequest, repositoryUrl } from "./api-request.ts";

/** Of larger files only the raw content is told. */
const mostEncodedBytes = 1024 * 1024;

/** `GET /repos/{owner}/{repo}/contents/{path}?ref=` */
export async function getContents(request: ApiRequest): Promise<ApiAnswer> {
  const { repository, rest, query, accept } = request;
  const ref = query.get("ref") ?? repository.defaultBranch;
  const commit = await repository.commitId(ref);
  if (commit === null) return refuse(404, `No commit found for the ref ${ref}`);
  const path = rest.replace(/^\/+|\/+$/g, "");
  const found = await repository.object(`${commit}:${path}`);
  if (found === null) return notFound();
  if (found.type === "tree") {
    const entries = await listTree(repository, found.sha, false);
    return answer(entries.map((entry) => entryObject(request, ref, path, entry)));
  }
  if (/\braw\b/.test(accept)) return rawAnswer(found.bytes, accept);
  const [, folder = "", name = path] = /^(?:(.*)\/)?([^/]+)$/.exec(path) ?? [];
  const parent = await repository.object(`${commit}:${folder}`);
  const entries = parent === null ? [] : await listTree(repository, parent.sha, false);
  const entry = entries.find((one) => one.path === name);
  if (entry === undefined) return notFound();
  const told = entryObject(request, ref, folder, entry);
  if (told.type !== "file") return answer({ ...told, target: found.bytes.toString("utf8") });
  const isTold = found.bytes.length <= mostEncodedBytes;
  const content = isTold ? linedBase64(found.bytes) : "";
  return answer({ ...told, content, encoding: isTold ? "base64" : "none" });
}

function entryObject(request: ApiRequest, ref: string, folder: string, entry: TreeEntry) {
  const { host, repository } = request;
  const path = folder === "" ? entry.path : `${folder}/${entry.path}`;
  const inUrl = path.split("/").map(encodeURIComponent).join("/");
  const api = repositoryUrl(request);
  const web = `${host.webUrl}/${repository.fullName}`;
  const type = typeOf(entry);
  const url = `${api}/contents/${inUrl}?ref=${encodeURIComponent(ref)}`;
  const htmlUrl = `${web}/${type === "dir" ? "tree" : "blob"}/${ref}/${inUrl}`;
  const gitUrl = `${api}/git/${type === "dir" ? "trees" : "blobs"}/${entry.sha}`;
  return {
    ...{ name: entry.path, path, sha: entry.sha, size: entry.size ?? 0, url, html_url: htmlUrl, git_url: gitUrl },
    download_url: type === "file" ? `${web}/raw/${ref}/${inUrl}` : null,
    type,
    _links: { self: url, git: gitUrl, html: htmlUrl },
  };
}

function typeOf({ mode, type }: TreeEntry): "file" | "dir" | "symlink" | "submodule" {
  if (mode === "120000") return "symlink";
  if (type === "tree") return "dir";
  return type === "commit" ? "submodule" : "file";
}
