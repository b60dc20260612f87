import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { joinBytes } from "./join-bytes.ts";

/** Reads a body of at most `limitBytes`, whatever its Content-Length claims. */
export async function readBody(
  request: Request,
  limitBytes: number,
): Promise<Result<Uint8Array<ArrayBuffer>, Failure>> {
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding !== "identity") {
    return refusal({
      code: "UNSUPPORTED_MEDIA_TYPE",
      message: `the body has Content-Encoding ${encoding}; send it as it is`,
    });
  }
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) return tooLarge(limitBytes);
  if (request.body === null) return success(new Uint8Array());
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of request.body) {
    const bytes: Uint8Array = part;
    sizeBytes += bytes.byteLength;
    if (sizeBytes > limitBytes) return tooLarge(limitBytes);
    parts.push(bytes);
  }
  return success(joinBytes(parts, sizeBytes));
}

/** The text of a body; UTF-8 only. */
export function decodeText(bytes: Uint8Array): Result<string, Failure> {
  try {
    // The document reader deals with a byte order mark itself, so that columns stay right.
    return success(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return refusal({ code: "INVALID_REQUEST", message: "the body is not valid UTF-8" });
  }
}

function tooLarge(limitBytes: number): Result<never, Failure> {
  const most = limitBytes >= 1024 * 1024 ? `${limitBytes / 1024 / 1024} MiB` : `${limitBytes / 1024} KiB`;
  return refusal({
    code: "BODY_TOO_LARGE",
    message: `the body is larger than the ${most} that this route reads; send less, or in parts`,
  });
}
