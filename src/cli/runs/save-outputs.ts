import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { again } from "../../client/again.ts";
import { CallFailure } from "../../client/call-failure.ts";
import type { Client } from "../../client/create-client.ts";
import { getFileFacts } from "../../contract/http/files.ts";
import type { Field } from "../../contract/template/field.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { digestOfFile } from "../files/digest-of-file.ts";
import { downloadFile } from "../files/download-file.ts";
import { filesInValues } from "../files/files-in-values.ts";
import { extensionOf } from "../files/media-types.ts";

/** A file of a run's outputs that lies in a folder now. */
export interface SavedOutput {
  /** Which of the sibling outputs it is of. */
  output_index: number;
  /** Its place in the outputs, with dots. */
  output: string;
  digest: string;
  path: string;
}

/**
 * Saves the files of outputs as `{output}.{extension}`, those after the first of a name as `{output}-2.{extension}` and so on. A file
 * that is there is never replaced: the same bytes count as saved, others make the number go up.
 */
export async function saveOutputs(
  client: Client,
  declared: Record<string, Field>,
  siblings: readonly { output_index: number; values: Record<string, unknown> }[],
  folder: string,
): Promise<SavedOutput[]> {
  const files = siblings.flatMap(({ output_index, values }) =>
    filesInValues(declared, values).map((file) => ({ ...file, output_index })),
  );
  if (files.length === 0) return [];
  await mkdir(folder, { recursive: true }).catch((cause: Error) => {
    throw new CommandRefusal(`${folder} cannot be made: ${cause.message}`);
  });
  const taken = new Set<string>();
  const saved: SavedOutput[] = [];
  for (const { words, digest, output_index, isGuess } of files) {
    const facts = await again(() => client.call(getFileFacts, { params: { digest } })).catch((error: unknown) => {
      if (isGuess && error instanceof CallFailure && error.problem?.code === "FILE_NOT_FOUND") return null;
      throw error;
    });
    if (facts === null) continue;
    // The elements of a list are told apart by the number at the end.
    const name = words.filter((word) => !/^\d+$/.test(word)).join("-");
    const { path, isThere } = await placeFor(folder, name, extensionOf(facts.media_type, facts.name), digest, taken);
    taken.add(path);
    if (!isThere) await downloadFile(client, digest, path, false);
    saved.push({ output_index, output: words.join("."), digest, path });
  }
  return saved;
}

async function placeFor(
  folder: string,
  name: string,
  extension: string,
  digest: string,
  taken: ReadonlySet<string>,
): Promise<{ path: string; isThere: boolean }> {
  for (let number = 1; ; number++) {
    const path = join(folder, `${name}${number === 1 ? "" : `-${number}`}${extension}`);
    if (taken.has(path)) continue;
    if (!existsSync(path)) return { path, isThere: false };
    // What cannot be read is not the one meant.
    if ((await digestOfFile(path).catch(() => null)) === digest) return { path, isThere: true };
  }
}
