import { accountId, accountObject } from "./account-object.ts";
import type { BareRepository } from "./bare-repository.ts";
import { type Commit, readCommit, readCommits, type Signature } from "./read-commits.ts";
import { pushedRepositoryObject } from "./repository-object.ts";

/** A ref that a push moved; null: there was none, or there is none now. */
export interface MovedRef {
  ref: string;
  before: string | null;
  after: string | null;
}

const nothing = "0".repeat(40);
/** So many commits a payload tells at most, and of each so many files (GitHub's documentation of `push`). */
const mostCommits = 2048;
const mostFiles = 3000;

/** The payload of the `push` event, as GitHub sends it. `others`: the objects that the other refs name. */
export async function pushPayload(
  where: { apiUrl: string; webUrl: string },
  repository: BareRepository,
  moved: MovedRef,
  { pusher, others }: { pusher: string; others: ReadonlyMap<string, string> },
) {
  const { ref, before, after } = moved;
  const { apiUrl, webUrl } = where;
  const email = `${accountId(pusher)}+${pusher}@users.noreply.github.com`;
  const isTag = ref.startsWith("refs/tags/");
  const head = after === null ? null : await readCommit(repository, after);
  const commits = after === null || isTag ? [] : await newCommits(repository, before, after, [...others.values()]);
  const tell = (commit: Commit) => commitObject(webUrl, repository, commit, pusher);
  const twin = before === null && !isTag ? [...others].find(([, object]) => object === after) : undefined;
  return {
    ref,
    before: before ?? nothing,
    after: after ?? nothing,
    repository: pushedRepositoryObject(apiUrl, webUrl, repository),
    pusher: { name: pusher, email },
    sender: accountObject(apiUrl, webUrl, pusher, accountId(pusher)),
    created: before === null,
    deleted: after === null,
    forced: before !== null && after !== null && !(await isAncestor(repository, before, after)),
    base_ref: twin?.[0] ?? null,
    compare: compareUrl(`${webUrl}/${repository.fullName}`, moved),
    // The oldest are left out where there are too many.
    commits: commits.slice(-mostCommits).map(tell),
    head_commit: head === null ? null : tell(head),
  };
}

async function newCommits(
  repository: BareRepository,
  before: string | null,
  after: string,
  others: readonly string[],
): Promise<Commit[]> {
  const known = before === null ? others : [before];
  return readCommits(repository, [after, ...(known.length === 0 ? [] : ["--not", ...known])]);
}

async function isAncestor(repository: BareRepository, before: string, after: string): Promise<boolean> {
  const left = await repository.git(["rev-list", "--count", before, "--not", after]);
  return left.trim() === "0";
}

function compareUrl(url: string, { ref, before, after }: MovedRef): string {
  const short = (id: string | null) => (id ?? nothing).slice(0, 12);
  const isBranch = ref.startsWith("refs/heads/");
  if (before === null && isBranch) return `${url}/compare/${ref.slice("refs/heads/".length)}`;
  if (before === null) return `${url}/compare/${ref.slice("refs/tags/".length)}`;
  return `${url}/compare/${short(before)}...${short(after)}`;
}

function commitObject(webUrl: string, repository: BareRepository, commit: Commit, pusher: string) {
  let left = mostFiles;
  const some = (paths: readonly string[]) => {
    const told = paths.slice(0, left);
    left -= told.length;
    return told;
  };
  const person = ({ name, email }: Signature) => ({ name, email, username: pusher });
  return {
    id: commit.id,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${webUrl}/${repository.fullName}/commit/${commit.id}`,
    author: person(commit.author),
    committer: person(commit.committer),
    added: some(commit.added),
    removed: some(commit.removed),
    modified: some(commit.modified),
  };
}
