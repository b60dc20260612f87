import { type ApiAnswer, answer, notFound } from "./api-answer.ts";
import { commitObject } from "./api-commits.ts";
import { type ApiRequest, pageOf, repositoryUrl } from "./api-request.ts";
import { readCommit, readCommits } from "./read-commits.ts";
import { tryGit } from "./run-git.ts";

/** So many files a comparison tells; what is beyond it does not tell. */
const mostFiles = 300;
const words: Readonly<Record<string, string>> = { A: "added", D: "removed", M: "modified", R: "renamed", T: "changed" };

/** `GET /repos/{owner}/{repo}/compare/{base}...{head}` */
export async function compareCommits(request: ApiRequest): Promise<ApiAnswer> {
  const { host, repository, query, rest } = request;
  const [, from = "", to = ""] = /^(.+?)\.{3}(.+)$/.exec(rest) ?? [];
  const base = await readCommit(repository, from);
  const head = await readCommit(repository, to);
  if (base === null || head === null) return notFound();
  const run = await tryGit(repository.folder, ["merge-base", base.id, head.id]);
  // Histories without a common commit cannot be compared.
  const mergeBase = await readCommit(repository, run.stdout.toString("utf8").trim());
  if (mergeBase === null) return notFound();
  const ahead = await readCommits(repository, [head.id, "--not", base.id]);
  const behind = await readCommits(repository, [base.id, "--not", head.id]);
  const url = `${repositoryUrl(request)}/compare/${rest}`;
  const html = `${host.webUrl}/${repository.fullName}/compare/${rest}`;
  return answer({
    ...{ url, html_url: html, permalink_url: html, diff_url: `${html}.diff`, patch_url: `${html}.patch` },
    base_commit: commitObject(request, base),
    merge_base_commit: commitObject(request, mergeBase),
    status: statusOf(ahead.length, behind.length),
    ...{ ahead_by: ahead.length, behind_by: behind.length, total_commits: ahead.length },
    commits: pageOf(ahead, query, 100, 250).map((commit) => commitObject(request, commit)),
    // Only the first page has files.
    ...(Number(query.get("page") ?? 1) > 1 ? {} : { files: await changedFiles(request, mergeBase.id, head.id) }),
  });
}

function statusOf(ahead: number, behind: number): "identical" | "ahead" | "behind" | "diverged" {
  if (ahead === 0) return behind === 0 ? "identical" : "behind";
  return behind === 0 ? "ahead" : "diverged";
}

async function changedFiles({ repository }: ApiRequest, from: string, to: string) {
  const printed = await repository.git(["diff-tree", "-r", "-z", "-M", from, to]);
  const parts = printed.split("\0");
  const files: object[] = [];
  for (let at = 0; at < parts.length && files.length < mostFiles; ) {
    const [, sha, letter = ""] = /^:\S+ \S+ \S+ (\S+) ([A-Z])\d*$/.exec(parts[at] ?? "") ?? [];
    if (sha === undefined) break;
    const isMoved = letter === "R" || letter === "C";
    const previous = isMoved ? { previous_filename: parts[at + 1] } : {};
    const filename = parts[at + (isMoved ? 2 : 1)];
    files.push({ sha: /^0+$/.test(sha) ? null : sha, filename, status: words[letter] ?? "changed", ...previous });
    at += isMoved ? 3 : 2;
  }
  return files;
}
