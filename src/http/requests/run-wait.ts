import { limits } from "../../contract/limits.ts";

/**
 * For how many seconds `Prefer: wait=N` (RFC 7240 section 4.3) asks to wait, at most `limits.waitSeconds`; 0 without it. A preference
 * that cannot be read is no error: it is passed over.
 */
export function readWait(request: Request): number {
  for (const preference of (request.headers.get("prefer") ?? "").split(",")) {
    const [wish = ""] = preference.split(";");
    const seconds = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*$/i.exec(wish)?.[1];
    if (seconds !== undefined) return Math.min(Number(seconds), limits.waitSeconds);
  }
  return 0;
}
