import { CallFailure } from "../../client/call-failure.ts";
import type { Client } from "../../client/create-client.ts";
import { getFile } from "../../contract/http/files.ts";
import { saveVerified } from "./save-verified.ts";

/** Fetches a file into `path`, which must not exist unless `mayReplace`; whole and checked, or not at all. */
export function downloadFile(client: Client, digest: string, path: string, mayReplace: boolean): Promise<number> {
  return saveVerified({
    ...{ digest, path, mayReplace, from: client.url },
    open: (start) => {
      const headers: Record<string, string> = start === 0 ? {} : { range: `bytes=${start}-` };
      return client.open(getFile, { params: { digest }, headers }).catch((error: unknown) => {
        // All of it may have come before the connection broke.
        if (start > 0 && error instanceof CallFailure && error.status === 416) return null;
        throw error;
      });
    },
  });
}
