import { fileTypeFromBuffer, supportedMimeTypes } from "file-type/core";
import { chooseFileType, type TypeClues } from "../../domain/file/choose-file-type.ts";
import { bareType } from "../../domain/file/media-types.ts";

/** So many bytes are looked at; what a zip is told by its first entries. */
export const sniffedBytes = 256 * 1024;
const textBytes = 4096;

const sniffable: ReadonlySet<string> = new Set([...supportedMimeTypes].map(bareType));

/** Binary-looking types that are text all the same. */
const textual = /^(text\/.*|application\/(pdf|xml|rtf|postscript|eps|pgp-encrypted|x-ms-regedit)|model\/stl)$/;

/** The media type of a file, by its first bytes, its sender and its name. */
export async function sniffFileType(start: Uint8Array, told: Omit<TypeClues, "sniffed">): Promise<string> {
  return chooseFileType({ ...told, sniffed: await sniff(start.subarray(0, sniffedBytes)) }, (type) =>
    sniffable.has(type),
  );
}

async function sniff(start: Uint8Array): Promise<string | null> {
  const found = await fileTypeFromBuffer(start).catch(() => undefined);
  if (found === undefined) return null;
  const type = bareType(found.mime);
  // Some signatures are two letters: a table that begins with "BMI" is no bitmap.
  return textual.test(type) || !isText(start.subarray(0, textBytes)) ? type : null;
}

function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes, { stream: true });
    return !/(?![\t\n\v\f\r])\p{Cc}/u.test(text);
  } catch {
    return false;
  }
}
