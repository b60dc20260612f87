import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/**
 * The `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header); null without one. The draft writes it as a quoted string, most
 * clients as it is: both mean the same key.
 */
export function readIdempotencyKey(request: Request): Result<string | null, Failure> {
  const given = request.headers.get("idempotency-key");
  if (given === null) return success(null);
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(given.trim())?.[1];
  const key = quoted === undefined ? given.trim() : quoted.replaceAll(/\\(["\\])/g, "$1");
  const isSound = quoted !== undefined || !key.startsWith('"');
  if (isSound && /^[\x21-\x7e]+$/.test(key) && key.length <= limits.idempotencyKeyLength) return success(key);
  return refusal({
    code: "INVALID_REQUEST",
    message: `Idempotency-Key is 1 to ${limits.idempotencyKeyLength} visible ASCII characters, like a UUID, in quotes or without; found ${JSON.stringify(key.slice(0, 40))}, ${key.length} long`,
  });
}
