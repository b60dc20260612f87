import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { limits } from "../../contract/limits.ts";
import { isSameText } from "../file/is-same-text.ts";

/** Makes and checks the ids of upload sessions. */
export interface UploadIds {
  /** The id of a session that begins now. `unique`: a UUID of nothing else. */
  write(repository: string, unique: string, now: Date): string;
  /** Whether such a session of this repository was begun, and may still be open. */
  isOpen(repository: string, id: string, now: Date): boolean;
}

/** Half of a MAC: it keeps made-up sessions out, which would harm nobody. */
const macLength = 32;

/**
 * Ids are `{UUID}-{when it began, in hex seconds}-{MAC}`: an id alone says that its session was begun, so beginning one writes nothing and
 * asks nobody, wherever on earth the client is.
 */
export function createUploadIds(secret: string): UploadIds {
  const key = hmac(sha256, utf8ToBytes("callsheet oci uploads v1"), utf8ToBytes(secret));
  const macOf = (repository: string, body: string) =>
    bytesToHex(hmac(sha256, key, utf8ToBytes(`${repository}\n${body}`))).slice(0, macLength);
  return {
    write: (repository, unique, now) => {
      const body = `${unique}-${Math.floor(now.getTime() / 1000).toString(16)}`;
      return `${body}-${macOf(repository, body)}`;
    },
    isOpen: (repository, id, now) => {
      const [, body, beganAt, mac] = /^([0-9a-f-]{36}-([0-9a-f]{1,12}))-([0-9a-f]{32})$/.exec(id) ?? [];
      if (body === undefined || beganAt === undefined || mac === undefined) return false;
      const ageSeconds = now.getTime() / 1000 - Number.parseInt(beganAt, 16);
      return isSameText(macOf(repository, body), mac) && ageSeconds < limits.uploadSessionSeconds;
    },
  };
}
