import type { BareRepository } from "./bare-repository.ts";

/** A commit, with what it changed against its first parent. */
export interface Commit {
  id: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
  added: string[];
  removed: string[];
  modified: string[];
}

/** Who did it, and when. */
export interface Signature {
  name: string;
  email: string;
  date: string;
}

const fieldEnd = "\x1f";
const commitBegin = "\x1e";
const format = `%x1e${["%H", "%T", "%P", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B", ""].join("%x1f")}`;

/** The commits that `range` (arguments of `git log`) means, oldest first; a rename is a removal and an addition. */
export async function readCommits(repository: BareRepository, range: readonly string[]): Promise<Commit[]> {
  const how = ["--reverse", "-z", "--name-status", "--no-renames", "--diff-merges=first-parent"];
  const printed = await repository.git(["log", ...how, `--format=${format}`, ...range, "--"]);
  return printed.split(commitBegin).slice(1).map(parseCommit);
}

/** One commit; null where there is none of that name. */
export async function readCommit(repository: BareRepository, name: string): Promise<Commit | null> {
  const id = await repository.commitId(name);
  if (id === null) return null;
  return (await readCommits(repository, ["-1", id]))[0] ?? null;
}

function parseCommit(printed: string): Commit {
  const [
    id = "",
    tree = "",
    parents = "",
    an = "",
    ae = "",
    ad = "",
    cn = "",
    ce = "",
    cd = "",
    message = "",
    rest = "",
  ] = printed.split(fieldEnd);
  const changes = rest.replace(/^[\0\n]+/, "").split("\0");
  const withStatus = (wanted: RegExp) =>
    changes.flatMap((path, at) => (at % 2 === 1 && wanted.test(changes[at - 1] ?? "") ? [path] : []));
  return {
    ...{ id, tree, parents: parents.split(" ").filter((parent) => parent !== "") },
    author: { name: an, email: ae, date: ad },
    committer: { name: cn, email: ce, date: cd },
    message: message.trimEnd(),
    added: withStatus(/^A/),
    removed: withStatus(/^D/),
    modified: withStatus(/^[MT]/),
  };
}
