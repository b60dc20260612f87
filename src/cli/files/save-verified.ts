import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { isPassing } from "../../client/is-passing.ts";
import { pause } from "../../client/pause.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";

/** Bytes that a registry has, and where they go. */
export interface VerifiedDownload {
  /** sha256 or sha512. */
  digest: string;
  path: string;
  mayReplace: boolean;
  /** The registry, for messages. */
  from: string;
  /** The bytes from `start`, or from the beginning where ranges are not served; null when there are none so far behind. */
  open(start: number): Promise<Response | null>;
  onProgress?: (savedBytes: number) => void;
}

const triesWithoutProgress = 6;

/**
 * Fetches bytes into a file, which must not exist unless `mayReplace`. It appears there whole or not at all: the bytes go beside it
 * first and are checked against the digest. A connection that breaks is taken up where it broke.
 */
export async function saveVerified(download: VerifiedDownload): Promise<number> {
  const { path, mayReplace } = download;
  const part = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    const file = await openNew(part, path);
    const sizeBytes = await fetchInto(download, file).finally(() => file.close());
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

async function fetchInto(download: VerifiedDownload, file: FileHandle): Promise<number> {
  const { digest, from, onProgress } = download;
  const algorithm = digest.startsWith("sha512:") ? "sha512" : "sha256";
  const hash = createHash(algorithm);
  let written = 0;
  for (let tries = 0; ; tries++) {
    const before = written;
    try {
      for await (const piece of readBytes(download, written)) {
        hash.update(piece);
        await file.appendFile(piece);
        written += piece.byteLength;
        onProgress?.(written);
      }
      break;
    } catch (error) {
      if (written > before) tries = 0;
      if (!(error instanceof Break) || tries >= triesWithoutProgress)
        throw error instanceof Break ? error.cause : error;
      await pause(250 * 2 ** tries, undefined);
    }
  }
  const found = `${algorithm}:${hash.digest("hex")}`;
  if (found !== digest) {
    throw new CommandRefusal(`what ${from} sent as ${digest} is ${found}; fetch it again`, exitCodes.unavailable);
  }
  return written;
}

/** The bytes from `start`; a `Break` when they stop coming and may come again. */
async function* readBytes(download: VerifiedDownload, start: number): AsyncGenerator<Uint8Array> {
  const response = await download.open(start).catch((error: unknown) => {
    throw isPassing(error) ? new Break(error) : error;
  });
  if (response === null || response.body === null) return;
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
