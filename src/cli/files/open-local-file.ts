import { type FileHandle, open, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { FileSource } from "../../client/upload-file.ts";
import { fileName } from "../../contract/file/file.ts";
import { limits } from "../../contract/limits.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import { showBytes } from "../terminal/show-size.ts";
import { digestOfFile } from "./digest-of-file.ts";
import { textMediaType } from "./media-types.ts";

/** Hashes a file of this machine and makes it ready to be sent; it is read piece by piece, never as a whole. */
export async function openLocalFile(path: string): Promise<FileSource> {
  const sizeBytes = await sizeOf(path);
  const name = basename(path);
  const mediaType = textMediaType(name);
  return {
    digest: await digestOfFile(path),
    sizeBytes,
    ...(fileName.safeParse(name).success ? { name } : {}),
    ...(mediaType === null ? {} : { mediaType }),
    read: (start, end) => readPiece(path, start, end),
  };
}

/** Bytes of a file that can be sent; what is none is refused. */
export async function sizeOf(path: string): Promise<number> {
  const facts = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new CommandRefusal(
      cause.code === "ENOENT" ? `${path} does not exist` : `${path} cannot be read: ${cause.message}`,
    );
  });
  if (!facts.isFile()) throw new CommandRefusal(`${path} is no file; give a file, not a folder or a device`);
  if (facts.size > limits.fileBytes) {
    const most = showBytes(limits.fileBytes);
    throw new CommandRefusal(`${path} has ${showBytes(facts.size)}; a file has at most ${most}`, exitCodes.limit);
  }
  return facts.size;
}

/** A file that shrank since it was hashed is refused here; one that changed otherwise by the registry, by its digest. */
async function readPiece(path: string, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const piece = new Uint8Array(end - start);
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    for (let filled = 0; filled < piece.length; ) {
      const { bytesRead } = await file.read(piece, filled, piece.length - filled, start + filled);
      if (bytesRead === 0) throw new CommandRefusal(`${path} became shorter while it was sent; send it again`);
      filled += bytesRead;
    }
    return piece;
  } finally {
    await file?.close();
  }
}
