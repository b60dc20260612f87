import { createHash, randomUUID } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import type { Client } from "../../client/create-client.ts";
import type { RequestOf } from "../../client/route-types.ts";
import { exportLayout } from "../../contract/http/layout.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";

/** What is exported; nothing said means all of it. */
export type ExportQuery = NonNullable<RequestOf<typeof exportLayout>["query"]>;

/** An archive as it came. */
export interface SavedExport {
  digest: string;
  size_bytes: number;
}

/** Reads an export piece by piece; `take` is given each. */
export async function readExport(
  client: Client,
  query: ExportQuery,
  take: (piece: Uint8Array) => Promise<void>,
): Promise<SavedExport> {
  const response = await client.open(exportLayout, { query, timeoutMs: 120_000 });
  const hash = createHash("sha256");
  let size = 0;
  try {
    for await (const piece of response.body ?? []) {
      hash.update(piece);
      size += piece.byteLength;
      await take(piece);
    }
  } catch (cause) {
    if (cause instanceof CommandRefusal) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandRefusal(`the export broke off (${why}); ask for it again`, exitCodes.unavailable);
  }
  return { digest: `sha256:${hash.digest("hex")}`, size_bytes: size };
}

/** Saves an export; the file is there whole or not at all. */
export async function saveExport(
  client: Client,
  query: ExportQuery,
  { path, mayReplace }: { path: string; mayReplace: boolean },
  onProgress: (savedBytes: number) => void,
): Promise<SavedExport> {
  if (!mayReplace && (await stat(path).catch(() => null)) !== null) {
    throw new CommandRefusal(`${path} exists; --force replaces it, -o takes another name`, exitCodes.conflict);
  }
  const part = `${path}.${randomUUID().slice(0, 8)}.part`;
  const file = await open(part, "wx").catch((cause: Error) => {
    throw new CommandRefusal(`${path} cannot be written: ${cause.message}`);
  });
  try {
    let size = 0;
    const saved = await readExport(client, query, async (piece) => {
      await file.appendFile(piece);
      size += piece.byteLength;
      onProgress(size);
    }).finally(() => file.close());
    await rename(part, path);
    return saved;
  } finally {
    await rm(part, { force: true });
  }
}
