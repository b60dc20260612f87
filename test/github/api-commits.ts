import { nodeId } from "./account-object.ts";
import { type ApiAnswer, answer, notFound, refuse } from "./api-answer.ts";
import { type ApiRequest, pageOf, repositoryUrl } from "./api-request.ts";
import { type Commit, readCommit, readCommits } from "./read-commits.ts";
import { repositoryObject } from "./repository-object.ts";

/** `GET /repos/{owner}/{repo}` */
export async function getRepository({ host, repository }: ApiRequest): Promise<ApiAnswer> {
  return answer(repositoryObject(host.apiUrl, host.webUrl, repository));
}

/** `GET /repos/{owner}/{repo}/branches/{branch}` */
export async function getBranch(request: ApiRequest): Promise<ApiAnswer> {
  const { host, repository, rest } = request;
  const head = (await repository.refs()).get(`refs/heads/${rest}`);
  const commit = head === undefined ? null : await readCommit(repository, head);
  if (commit === null) return refuse(404, "Branch not found");
  const self = `${repositoryUrl(request)}/branches/${rest}`;
  return answer({
    name: rest,
    commit: commitObject(request, commit),
    _links: { self, html: `${host.webUrl}/${repository.fullName}/tree/${rest}` },
    protected: false,
    protection: { enabled: false, required_status_checks: { enforcement_level: "off", contexts: [], checks: [] } },
    protection_url: `${self}/protection`,
  });
}

/** `GET /repos/{owner}/{repo}/commits/{ref}` */
export async function getCommit(request: ApiRequest): Promise<ApiAnswer> {
  const { repository, rest } = request;
  const commit = await readCommit(repository, rest);
  if (commit === null) return refuse(422, `No commit found for SHA: ${rest}`);
  const files = [
    ...commit.added.map((filename) => ({ filename, status: "added" })),
    ...commit.modified.map((filename) => ({ filename, status: "modified" })),
    ...commit.removed.map((filename) => ({ filename, status: "removed" })),
  ];
  return answer({ ...commitObject(request, commit), files: files.slice(0, 300) });
}

/** `GET /repos/{owner}/{repo}/commits?sha=` */
export async function listCommits(request: ApiRequest): Promise<ApiAnswer> {
  const { repository, query } = request;
  const head = await repository.commitId(query.get("sha") ?? repository.defaultBranch);
  if (head === null) return notFound();
  const commits = (await readCommits(repository, ["-1000", head])).reverse();
  return answer(pageOf(commits, query).map((commit) => commitObject(request, commit)));
}

/** A commit as lists and branches tell it. */
export function commitObject(request: ApiRequest, commit: Commit) {
  const { host, repository } = request;
  const { id, tree, parents, author, committer, message } = commit;
  const api = repositoryUrl(request);
  const url = `${api}/commits/${id}`;
  const htmlOf = (sha: string) => `${host.webUrl}/${repository.fullName}/commit/${sha}`;
  const verification = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };
  return {
    sha: id,
    node_id: nodeId("Commit", id),
    commit: {
      ...{ author: { ...author, date: utc(author.date) }, committer: { ...committer, date: utc(committer.date) } },
      ...{ message, tree: { sha: tree, url: `${api}/git/trees/${tree}` } },
      ...{ url: `${api}/git/commits/${id}`, comment_count: 0, verification },
    },
    ...{ url, html_url: htmlOf(id), comments_url: `${url}/comments`, author: null, committer: null },
    parents: parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: htmlOf(sha) })),
  };
}

function utc(date: string): string {
  return `${new Date(date).toISOString().slice(0, 19)}Z`;
}
