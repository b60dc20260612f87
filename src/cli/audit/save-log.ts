import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import type { EntryLine } from "./entry-lines.ts";
import type { ChainFollower, ChainReport } from "./follow-chain.ts";

/** Writes a log where it goes, checking the chain on the way: standard output for `-`, else a file, which is there whole or not at all. */
export async function saveLog(
  lines: AsyncIterable<EntryLine>,
  chain: ChainFollower,
  path: string,
  mayReplace: boolean,
): Promise<ChainReport> {
  if (path === "-") {
    for await (const line of lines) {
      if (chain.feed(line) !== null) break;
      await writeOut(`${line.line}\n`);
    }
    return chain.report();
  }
  const part = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    const file = await openNew(part, path);
    await writeAll(lines, chain, file).finally(() => file.close());
    const report = chain.report();
    if (!report.valid) return report;
    // Claiming the name first leaves no moment in which another's file could be replaced.
    if (!mayReplace) await (await openNew(path, path)).close();
    await rename(part, path);
    return report;
  } finally {
    await rm(part, { force: true });
  }
}

async function writeAll(lines: AsyncIterable<EntryLine>, chain: ChainFollower, file: FileHandle): Promise<void> {
  const many: string[] = [];
  const flush = async () => {
    if (many.length > 0) await file.appendFile(many.splice(0).join(""));
  };
  for await (const line of lines) {
    if (chain.feed(line) !== null) return;
    many.push(`${line.line}\n`);
    if (many.length === 500) await flush();
  }
  await flush();
  await file.sync();
}

function writeOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

async function openNew(path: string, shown: string): Promise<FileHandle> {
  try {
    return await open(path, "wx", 0o600);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    if ("code" in cause && cause.code === "EEXIST") {
      throw new CommandRefusal(`${shown} exists; --force replaces it`, exitCodes.conflict);
    }
    throw new CommandRefusal(`${shown} cannot be written: ${cause.message}`);
  }
}
