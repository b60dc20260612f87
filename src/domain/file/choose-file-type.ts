import { isOpenType, typeOfName } from "./media-types.ts";

/** What is known of a file's media type. */
export interface TypeClues {
  /** As its first bytes say; null when they say nothing. */
  sniffed: string | null;
  /** As its sender said. */
  declared: string | null;
  name: string | null;
}

/** What senders say who say nothing: curl's default is the first. */
const saysNothing: ReadonlySet<string> = new Set(["application/x-www-form-urlencoded", "application/octet-stream"]);

/**
 * The media type of a file: what its bytes say; where they say little (nothing at all, a zip, XML) what its sender said, then what its
 * name promises. `canSniff` tells the types that the bytes would have shown: who claims one of these for a zip is not believed.
 */
export function chooseFileType(clues: TypeClues, canSniff: (mediaType: string) => boolean): string {
  const { sniffed, declared, name } = clues;
  if (sniffed !== null && !isOpenType(sniffed)) return sniffed;
  const told = declared === null || saysNothing.has(declared) ? null : declared;
  const claims = [told, name === null ? null : typeOfName(name)].filter((claim) => claim !== null);
  const believed = sniffed === null ? claims : claims.filter((claim) => claim === sniffed || !canSniff(claim));
  return believed[0] ?? sniffed ?? "application/octet-stream";
}
