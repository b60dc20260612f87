import type { Failure } from "../../contract/failure.ts";
import { headers } from "../../contract/http/headers.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** The state that the caller wants at least; 0 without the header. */
export function readMinSeq(request: Request): Result<number, Failure> {
  const text = request.headers.get(headers.minSeq);
  if (text === null) return success(0);
  if (!/^\d{1,15}$/.test(text)) {
    return refusal({
      code: "INVALID_REQUEST",
      message: `${headers.minSeq} is "${text.slice(0, 40)}"; it must be a seq, in decimal digits`,
    });
  }
  return success(Number(text));
}
