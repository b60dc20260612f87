import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot } from "../../../scripts/local/repository-root.ts";

const run = promisify(execFile);
const unpacked = join(repositoryRoot, "build", "bubblewrap");
const unpackedProgram = join(unpacked, "usr", "bin", "bwrap");

/**
 * A bubblewrap for tests of the sandbox: the machine's own, else Debian's package unpacked into build/, which needs no root. Null, with
 * the reason printed, where neither can be had or the kernel does not let it work.
 */
export async function bubblewrap(): Promise<string | null> {
  for (const program of ["bwrap", unpackedProgram]) if (await works(program)) return program;
  try {
    await unpack();
    if (await works(unpackedProgram)) return unpackedProgram;
    console.warn("no sandbox to test: bubblewrap is there, but this machine does not let it make namespaces");
  } catch (error) {
    console.warn(`no sandbox to test: there is no bwrap, and none can be had: ${firstLine(error)}`);
  }
  return null;
}

/** A PATH on which runners find that bubblewrap. */
export async function pathWithBubblewrap(): Promise<string> {
  const searched = process.env.PATH ?? "";
  const program = await bubblewrap();
  return program?.includes("/") === true ? dirname(program) + delimiter + searched : searched;
}

/** Whether it starts a program in namespaces of its own. */
async function works(program: string): Promise<boolean> {
  try {
    await run(program, ["--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "true"], { timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

async function unpack(): Promise<void> {
  mkdirSync(join(repositoryRoot, "build"), { recursive: true });
  const beside = mkdtempSync(join(repositoryRoot, "build", "bubblewrap-"));
  try {
    await run("apt-get", ["download", "bubblewrap"], { cwd: beside, timeout: 60_000 });
    const archive = readdirSync(beside).find((name) => name.endsWith(".deb"));
    if (archive === undefined) throw new Error("apt-get downloaded nothing");
    await run("dpkg-deb", ["-x", join(beside, archive), beside]);
    rmSync(unpacked, { recursive: true, force: true });
    renameSync(beside, unpacked);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function firstLine(error: unknown): string {
  const told = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
  const wrong = told.split("\n").find((line) => line.startsWith("E:"));
  return wrong ?? (error instanceof Error ? (error.message.split("\n")[0] ?? error.message) : String(error));
}
