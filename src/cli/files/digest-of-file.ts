import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** The digest of a file of this machine, read piece by piece. */
export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(piece);
  return `sha256:${hash.digest("hex")}`;
}
