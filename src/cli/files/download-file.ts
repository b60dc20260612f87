import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { CallFailure } from "../../client/call-failure.ts";
import type { Client } from "../../client/create-client.ts";
import { isPassing } from "../../client/is-passing.ts";
import { pause } from "../../client/pause.ts";
import { getFile } from "../../contract/http/files.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";

const triesWithoutProgress = 6;

/**
 * Fetches a file into `path`, which must not exist unless `mayReplace`. It appears there whole or not at all: the bytes go beside it
 * first and are checked against the digest. A connection that breaks is taken up where it broke.
 */
export async function downloadFile(client: Client, digest: string, path: string, mayReplace: boolean): Promise<number> {
  const part = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    const file = await openNew(part, path);
    const sizeBytes = await fetchInto(client, digest, file).finally(() => file.close());
    // Claiming the name first leaves no moment in which another's file could be replaced.
    if (!mayReplace) await (await openNew(path, path)).close();
    await rename(part, path);
    return sizeBytes;
  } finally {
    await rm(part, { force: true });
  }
}

async function openNew(path: string, shown: string): Promise<FileHandle> {
  try {
    return await open(path, "wx");
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    if ("code" in cause && cause.code === "EEXIST") {
      throw new CommandRefusal(`${shown} exists; --force replaces it, -o takes another name`, exitCodes.conflict);
    }
    throw new CommandRefusal(`${shown} cannot be written: ${cause.message}`);
  }
}

async function fetchInto(client: Client, digest: string, file: FileHandle): Promise<number> {
  const hash = createHash("sha256");
  let written = 0;
  for (let tries = 0; ; tries++) {
    const before = written;
    try {
      for await (const piece of readBytes(client, digest, written)) {
        hash.update(piece);
        await file.appendFile(piece);
        written += piece.byteLength;
      }
      break;
    } catch (error) {
      if (written > before) tries = 0;
      if (!(error instanceof Break) || tries >= triesWithoutProgress)
        throw error instanceof Break ? error.cause : error;
      await pause(250 * 2 ** tries, undefined);
    }
  }
  const found = `sha256:${hash.digest("hex")}`;
  if (found !== digest) {
    throw new CommandRefusal(`what ${client.url} sent as ${digest} is ${found}; fetch it again`, exitCodes.unavailable);
  }
  return written;
}

/** The file's bytes from `start`; a `Break` when they stop coming and may come again. */
async function* readBytes(client: Client, digest: string, start: number): AsyncGenerator<Uint8Array> {
  const headers: Record<string, string> = start === 0 ? {} : { range: `bytes=${start}-` };
  const response = await client.open(getFile, { params: { digest }, headers }).catch((error: unknown) => {
    // All of it may have come before the break.
    if (start > 0 && isRangeBeyond(error)) return null;
    throw isPassing(error) ? new Break(error) : error;
  });
  if (response?.body === null || response === null) return;
  let skip = response.status === 206 ? 0 : start;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw new Break(error);
      });
      if (done) return;
      const fresh = value.subarray(Math.min(skip, value.byteLength));
      skip -= value.byteLength - fresh.byteLength;
      if (fresh.byteLength > 0) yield fresh;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A connection that broke while bytes came. */
class Break extends Error {
  constructor(cause: unknown) {
    super("the connection broke", { cause });
  }
}

function isRangeBeyond(error: unknown): boolean {
  return error instanceof CallFailure && error.status === 416;
}
