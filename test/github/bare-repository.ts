import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type GitObject, openObjectReader } from "./object-reader.ts";
import { runGit, tryGit } from "./run-git.ts";

/** A bare git repository as the host keeps it. */
export interface BareRepository {
  id: number;
  /** `owner/name`. */
  fullName: string;
  owner: string;
  name: string;
  defaultBranch: string;
  isPrivate: boolean;
  folder: string;
  createdAt: Date;
  /** Every ref with the object that it names. */
  refs(): Promise<Map<string, string>>;
  /** The commit that a branch, a tag or an id (also the beginning of one) means; null where there is none. */
  commitId(name: string): Promise<string | null>;
  object(name: string): Promise<GitObject | null>;
  git(args: readonly string[]): Promise<string>;
  close(): void;
}

/** Makes an empty repository below `root`, where `git http-backend` finds it as `{owner}/{name}.git`. */
export async function createBareRepository(
  root: string,
  facts: Pick<BareRepository, "id" | "fullName" | "defaultBranch" | "isPrivate">,
): Promise<BareRepository> {
  const { id, fullName, defaultBranch, isPrivate } = facts;
  const [owner = "", name = ""] = fullName.split("/");
  const folder = join(root, `${fullName}.git`);
  mkdirSync(folder, { recursive: true });
  await runGit(folder, ["init", "--quiet", "--bare", `--initial-branch=${defaultBranch}`]);
  // The host gives any commit that somebody knows the id of, and takes pushes by HTTP.
  for (const [key, value] of [
    ["http.receivepack", "true"],
    ["uploadpack.allowAnySHA1InWant", "true"],
    ["gc.auto", "0"],
  ] as const) {
    await runGit(folder, ["config", key, value]);
  }
  const reader = openObjectReader(folder);
  return {
    ...{ id, fullName, owner, name, defaultBranch, isPrivate, folder },
    createdAt: new Date(),
    refs: async () => {
      const printed = await runGit(folder, ["for-each-ref", "--format=%(objectname) %(refname)"]);
      const lines = printed.split("\n").filter((line) => line !== "");
      return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
    },
    commitId: async (wanted) => {
      if (wanted.startsWith("-") || /[\n\0]/.test(wanted)) return null;
      const run = await tryGit(folder, ["rev-parse", "--verify", "--quiet", `${wanted}^{commit}`]);
      return run.exitCode === 0 ? run.stdout.toString("utf8").trim() : null;
    },
    object: (wanted) => reader.read(wanted),
    git: (args) => runGit(folder, args),
    close: () => reader.close(),
  };
}
