import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Descriptor } from "../../contract/oci/manifest.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import { saveVerified } from "../files/save-verified.ts";
import { pullScope } from "../oci/fetch-manifest.ts";
import type { OciClient } from "../oci/oci-client.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { plainText } from "../terminal/plain-text.ts";
import { showBar } from "../terminal/show-bar.ts";

/** A file that was pulled. */
export interface PulledFile {
  path: string;
  digest: string;
  size_bytes: number;
  media_type: string;
  status: "saved" | "unchanged";
}

/** Where layers are pulled to. */
export interface PullTarget {
  folder: string;
  /** Whether files with other content are replaced without asking. */
  mayReplace: boolean;
}

/** Saves one layer under a name inside of a folder; its bytes are checked. A file with the same content counts as saved. */
export async function saveLayer(
  { client, terminal }: { client: OciClient; terminal: Terminal },
  repository: string,
  layer: Descriptor,
  name: string,
  { folder, mayReplace }: PullTarget,
): Promise<PulledFile> {
  const { digest, size, mediaType } = layer;
  const path = await placeIn(folder, name);
  const found = await digestOfFile(path, digest);
  const told = { path, digest, size_bytes: size, media_type: mediaType };
  if (found === digest) return { ...told, status: "unchanged" };
  const replaces = found !== null;
  if (replaces && !mayReplace) await confirmReplacing(path);
  const bar = showBar(terminal, `fetching ${path}`, size);
  const open = (start: number) => openBlob(client, repository, digest, start);
  await saveVerified({ digest, path, mayReplace: replaces, from: client.url, open, onProgress: bar.update }).finally(
    bar.stop,
  );
  return { ...told, status: "saved" };
}

async function openBlob(
  client: OciClient,
  repository: string,
  digest: string,
  start: number,
): Promise<Response | null> {
  const response = await client.ask({
    method: "GET",
    path: `/v2/${repository}/blobs/${digest}`,
    scope: pullScope(repository),
    headers: start === 0 ? {} : { range: `bytes=${start}-` },
    takes: start === 0 ? [] : [416],
  });
  return response.status === 416 ? null : response;
}

/** The path of a name that someone else chose: below the folder, whatever the name or a link in the folder says. Its folders are made. */
async function placeIn(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  const inside = relative(resolve(folder), resolve(path));
  const isPlain = name !== "" && !name.includes("\\") && name === plainText(name) && basename(name) !== "";
  if (!isPlain || name.startsWith("/") || inside === "" || inside.split(sep).includes("..")) {
    throw new CommandRefusal(
      `${JSON.stringify(name.slice(0, 100))} is no name of a file inside of ${folder}; nothing was written there`,
      exitCodes.invalid,
    );
  }
  await mkdir(folder, { recursive: true });
  const root = await realpath(folder);
  // The deepest folder on the way that is there must really be inside.
  for (let above = dirname(resolve(path)); ; above = dirname(above)) {
    const real = await realpath(above).catch(() => null);
    if (real === null) continue;
    if (real !== root && !real.startsWith(root + sep)) {
      const message = `${path} would lie in ${real}, outside of ${folder}; nothing was written there`;
      throw new CommandRefusal(message, exitCodes.invalid);
    }
    break;
  }
  await mkdir(dirname(path), { recursive: true });
  return path;
}

/** The digest of what is at a path, by the algorithm of another; null when nothing is there. */
async function digestOfFile(path: string, like: string): Promise<string | null> {
  const facts = await stat(path).catch(() => null);
  if (facts === null) return null;
  if (!facts.isFile()) throw new CommandRefusal(`${path} is there already and is no file`, exitCodes.conflict);
  const [algorithm = "sha256"] = like.split(":");
  const hash = createHash(algorithm);
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(piece);
  return `${algorithm}:${hash.digest("hex")}`;
}

async function confirmReplacing(path: string): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new CommandRefusal(`${path} exists with other content; --force replaces it`, exitCodes.conflict);
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`${path} exists with other content. Replace it? [y/N] `);
  asking.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandRefusal(`${path} stays as it is`, exitCodes.conflict);
}
