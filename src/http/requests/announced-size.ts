import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** The size of a body of bytes as its sender announces it; null when they do not (chunked). Bytes that are encoded on the way are refused. */
export function announcedSize(request: Request): Result<number | null, Failure> {
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding !== "identity") {
    const message = `the body has Content-Encoding ${encoding.slice(0, 80)}; send the file as it is`;
    return refusal({ code: "UNSUPPORTED_MEDIA_TYPE", message });
  }
  const length = request.headers.get("content-length");
  if (length !== null && /^\d{1,15}$/.test(length)) return success(Number(length));
  return success(request.body === null ? 0 : null);
}
