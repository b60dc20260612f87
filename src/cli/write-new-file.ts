import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CommandRefusal } from "./command-refusal.ts";
import { exitCodes } from "./exit-codes.ts";

/** Writes a file, its folder too; one that is there stays unless it may be replaced. */
export async function writeNewFile(path: string, content: string | Uint8Array, mayReplace: boolean): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    // `wx` fails when the file exists, with no moment between looking and writing.
    await writeFile(path, content, { flag: mayReplace ? "w" : "wx" });
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    if ("code" in cause && cause.code === "EEXIST") {
      throw new CommandRefusal(`${path} exists; --force replaces it`, exitCodes.conflict);
    }
    throw new CommandRefusal(`${path} cannot be written: ${cause.message}`);
  }
}
