import { spawn } from "node:child_process";
import { gitEnvironment } from "./run-git.ts";

/** One of git's objects. */
export interface GitObject {
  sha: string;
  type: string;
  bytes: Buffer;
}

/** Reads a repository's objects by one `git cat-file --batch` that stays: hundreds of files cost no hundreds of processes. */
export interface ObjectReader {
  /** By id or by any name that git understands; null where there is none. */
  read(name: string): Promise<GitObject | null>;
  close(): void;
}

interface Waiting {
  resolve(found: GitObject | null): void;
  reject(error: Error): void;
}

/** Starts the reader of a bare repository. */
export function openObjectReader(folder: string): ObjectReader {
  const child = spawn("git", ["cat-file", "--batch"], { cwd: folder, env: gitEnvironment });
  const waiting: Waiting[] = [];
  let buffered = Buffer.alloc(0);
  child.stderr.resume();
  child.stdin.on("error", () => undefined);
  child.stdout.on("data", (piece: Buffer) => {
    buffered = Buffer.concat([buffered, piece]);
    for (;;) {
      const taken = takeAnswer(buffered);
      if (taken === null) return;
      buffered = Buffer.from(buffered.subarray(taken.length));
      waiting.shift()?.resolve(taken.found);
    }
  });
  child.once("close", () => {
    for (const one of waiting.splice(0)) one.reject(new Error(`git cat-file in ${folder} has ended`));
  });
  return {
    read: (name) =>
      new Promise((resolve, reject) => {
        // A line is a question: what holds a line's end would be two.
        if (/[\n\0]/.test(name) || name === "") return resolve(null);
        waiting.push({ resolve, reject });
        child.stdin.write(`${name}\n`);
      }),
    close: () => {
      child.stdin.end();
    },
  };
}

/** `<sha> <type> <size>\n<bytes>\n`, or `<name> missing\n`; null while some of it is on its way. */
function takeAnswer(buffered: Buffer): { found: GitObject | null; length: number } | null {
  const lineEnd = buffered.indexOf(0x0a);
  if (lineEnd === -1) return null;
  const [, sha, type, size] = /^([0-9a-f]{40}) (\w+) (\d+)$/.exec(buffered.subarray(0, lineEnd).toString("utf8")) ?? [];
  if (sha === undefined || type === undefined) return { found: null, length: lineEnd + 1 };
  const end = lineEnd + 1 + Number(size);
  if (buffered.length < end + 1) return null;
  return { found: { sha, type, bytes: Buffer.from(buffered.subarray(lineEnd + 1, end)) }, length: end + 1 };
}
