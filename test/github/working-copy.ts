import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { BareRepository } from "./bare-repository.ts";
import { type GitRun, runGit, tryGit } from "./run-git.ts";

/** Somebody's clone of a repository: what is written, committed and pushed there goes by the git program. */
export interface WorkingCopy {
  folder: string;
  write(files: Record<string, string>): void;
  remove(...paths: string[]): void;
  rename(from: string, to: string): void;
  /** Commits all that is changed; answers the commit's id. */
  commit(message: string): Promise<string>;
  /** `git push`; fails unless the host takes it. */
  push(...args: string[]): Promise<void>;
  /** The same where it may be refused. */
  tryPush(...args: string[]): Promise<GitRun>;
  git(...args: string[]): Promise<string>;
  discard(): void;
}

const author = {
  GIT_AUTHOR_NAME: "Mona",
  GIT_AUTHOR_EMAIL: "mona@example.org",
  GIT_COMMITTER_NAME: "Mona",
  GIT_COMMITTER_EMAIL: "mona@example.org",
};

/** Clones a repository, with a token that may push to it. */
export async function cloneRepository(webUrl: string, repository: BareRepository, token: string): Promise<WorkingCopy> {
  const folder = mkdtempSync(join(tmpdir(), "callsheet-clone-"));
  const url = new URL(`${webUrl}/${repository.fullName}.git`);
  url.username = "x-access-token";
  url.password = token;
  await runGit(folder, ["clone", "--quiet", url.href, "."]);
  if ((await repository.refs()).size === 0) {
    await runGit(folder, ["symbolic-ref", "HEAD", `refs/heads/${repository.defaultBranch}`]);
  }
  const git = (...args: string[]) => runGit(folder, args, { env: author });
  const tryPush = (...args: string[]) =>
    tryGit(folder, ["push", "--quiet", ...(args.length === 0 ? ["origin", "HEAD"] : args)], { env: author });
  return {
    folder,
    write(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
    },
    remove(...paths) {
      for (const path of paths) rmSync(join(folder, path), { recursive: true });
    },
    rename(from, to) {
      mkdirSync(dirname(join(folder, to)), { recursive: true });
      renameSync(join(folder, from), join(folder, to));
    },
    async commit(message) {
      await git("add", "--all");
      await git("commit", "--quiet", "--allow-empty", `--message=${message}`);
      return (await git("rev-parse", "HEAD")).trim();
    },
    async push(...args) {
      const { exitCode, stderr } = await tryPush(...args);
      if (exitCode !== 0) throw new Error(`git push ended with ${exitCode}: ${stderr}`);
    },
    tryPush,
    git,
    discard: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
