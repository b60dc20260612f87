import { headers } from "../../contract/http/headers.ts";

/** The announcement up to which an answer is true; nothing for a dry run. */
export function seqHeader(seq: number | null): Record<string, string> {
  return seq === null ? {} : { [headers.seq]: String(seq) };
}
