import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";

/** The files that a sync begins with. */
export interface Checkout {
  folder: string;
  /** What it is called in histories: `acme/catalog`, or the folder's name. */
  label: string;
  /** The commit that the files are of; null: they are of none, or changed since. */
  commit: string | null;
  /** Whether it was cloned for this sync: then its own place says nothing to anybody. */
  isClone: boolean;
  /** Removes what was cloned. */
  close(): Promise<void>;
}

const runFile = promisify(execFile);

/** Opens a folder as it is; or clones a repository, given by its address or its path, by the git of this machine. */
export async function openCheckout(where: string, branch: string | undefined): Promise<Checkout> {
  const facts = await stat(where).catch(() => null);
  if (facts !== null && !facts.isDirectory()) {
    throw new CommandRefusal(
      `${where} is a file; sync takes a folder or a git repository, \`callsheet publish\` files`,
    );
  }
  if (facts === null && !isAddress(where)) {
    throw new CommandRefusal(`${where} does not exist; give a folder, or a git repository by its address or its path`);
  }
  const isRepository = facts === null || branch !== undefined || (await isBare(where));
  return isRepository ? clone(where, branch) : openFolder(where);
}

/** Another host's repository as git writes it: `https://…`, `ssh://…`, `user@host:path`. */
function isAddress(where: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/./i.test(where) || /^(?:[^\s/@:]+@)?[^\s/@:]{2,}:[^\s:]+$/.test(where);
}

/** `acme/catalog` of an address, the last part of a path. */
export function labelOf(where: string): string {
  if (!isAddress(where) || where.startsWith("file:")) return basename(resolve(withoutGit(where)));
  const [, path = where] = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/]*\/|[^/]*?:)(.*)$/i.exec(where) ?? [];
  return withoutGit(path).replace(/^\/+/, "");
}

function withoutGit(path: string): string {
  return path.replace(/\/+$/, "").replace(/\/?\.git$/, "");
}

async function openFolder(folder: string): Promise<Checkout> {
  const [head, changes, origin] = await Promise.all([
    askGit(folder, "rev-parse", "--verify", "HEAD"),
    askGit(folder, "status", "--porcelain", "--", "."),
    askGit(folder, "remote", "get-url", "origin"),
  ]);
  const label = labelOf(origin ?? folder);
  return { folder, label, commit: changes === "" ? head : null, isClone: false, close: async () => undefined };
}

async function clone(where: string, branch: string | undefined): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), "callsheet-sync-"));
  const close = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  const ofBranch = branch === undefined ? [] : ["--branch", branch];
  try {
    await runFile("git", ["clone", "--quiet", "--depth=1", "--single-branch", ...ofBranch, "--", where, folder]);
  } catch (error) {
    await close();
    throw notCloned(where, error);
  }
  return { folder, label: labelOf(where), commit: await askGit(folder, "rev-parse", "HEAD"), isClone: true, close };
}

function notCloned(where: string, error: unknown): CommandRefusal {
  const { code, stderr } = gitFailure.parse(error);
  if (code === "ENOENT") return new CommandRefusal("git is not on the PATH; it is needed to clone a repository");
  const lines = stderr.split("\n").filter((line) => line !== "" && !line.startsWith("warning:"));
  // An address may carry a password.
  const why = lines.join("; ").replaceAll(where, withoutPassword(where)) || "git clone failed";
  return new CommandRefusal(`${withoutPassword(where)} cannot be cloned: ${why}`, exitCodes.unavailable);
}

const gitFailure = z.object({ code: z.unknown(), stderr: z.string().default("") });

function withoutPassword(where: string): string {
  return where.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, "$1");
}

async function isBare(folder: string): Promise<boolean> {
  return (await askGit(folder, "rev-parse", "--is-bare-repository")) === "true";
}

/** What git says of a folder; null where it is none of git's, or there is no git. */
async function askGit(folder: string, ...args: string[]): Promise<string | null> {
  const done = await runFile("git", ["-C", folder, ...args]).catch(() => null);
  return done === null ? null : done.stdout.trim();
}
