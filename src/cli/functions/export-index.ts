import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { digest } from "../../contract/artifact/digest.ts";
import { version } from "../../contract/artifact/version.ts";
import { functionName } from "../../contract/function/name.ts";
import { sourceLanguage } from "../../contract/function/runtime.ts";
import { exportIndexFile } from "../../domain/document/publishable-path.ts";
import { CommandRefusal } from "../command-refusal.ts";

/** One source of an export, and what it publishes. */
export const exportedSource = z.strictObject({
  /** Beside the index. */
  file: z.string().regex(/^[^/\\]+$/, "the name of a file beside the index"),
  language: sourceLanguage,
  /** Of its bytes, so that a file that was edited since is known. */
  digest,
  functions: z.array(z.strictObject({ name: functionName, version, digest })).min(1),
});
export type ExportedSource = z.infer<typeof exportedSource>;

/** `callsheet-functions.json`: what an export of functions holds, in the order in which it was published. */
export const exportIndex = z.strictObject({ format: z.literal(1), sources: z.array(exportedSource) });
export type ExportIndex = z.infer<typeof exportIndex>;

/** Reads the index of an exported folder; null where there is none. */
export async function readExportIndex(folder: string): Promise<ExportIndex | null> {
  const path = join(folder, exportIndexFile);
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return null;
    throw new CommandRefusal(`${path} cannot be read: ${cause.message}`);
  });
  if (text === null) return null;
  const read = exportIndex.safeParse(parseJson(text));
  if (read.success) return read.data;
  const [first] = read.error.issues;
  const where = first === undefined ? "" : `: ${first.path.join(".") || "the file"}: ${first.message}`;
  throw new CommandRefusal(
    `${path} is not what \`callsheet functions export\` writes${where}; without it the sources are published as they are`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
