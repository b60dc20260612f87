import { spawn } from "node:child_process";
import { buffer, text } from "node:stream/consumers";

/** What git is told by no file of this machine's users, and never asks for. */
export const gitEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  HOME: "/nonexistent",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C.UTF-8",
};

/** How a run of git ended. */
export interface GitRun {
  exitCode: number | null;
  stdout: Buffer;
  stderr: string;
}

/** Runs git in a folder; fails unless git succeeds. Answers what it printed. */
export async function runGit(
  folder: string,
  args: readonly string[],
  options: { input?: string; env?: Record<string, string> } = {},
): Promise<string> {
  const { exitCode, stdout, stderr } = await tryGit(folder, args, options);
  if (exitCode !== 0) throw new Error(`git ${args.join(" ")} ended with ${exitCode}: ${stderr}`);
  return stdout.toString("utf8");
}

/** The same, for what may fail: how it ended is the answer. */
export async function tryGit(
  folder: string,
  args: readonly string[],
  { input = "", env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<GitRun> {
  const child = spawn("git", args, { cwd: folder, env: { ...gitEnvironment, ...env } });
  const ended = new Promise<number | null>((resolve, reject) => child.once("close", resolve).once("error", reject));
  // Git may end before it has read all that it is given.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const [stdout, stderr, exitCode] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  return { exitCode, stdout, stderr };
}
