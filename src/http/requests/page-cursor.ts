import type { z } from "zod";
import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** A place in a list as callers see it: opaque text, safe in a URL. */
export function encodeCursor(place: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(place));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The place that a cursor of ours means; anything else is refused. */
export function decodeCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string,
): Result<z.output<Schema>, Failure> {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
    const parsed = schema.safeParse(
      JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes)),
    );
    if (parsed.success) return success(parsed.data);
  } catch {
    // Neither base64url nor JSON: refused below.
  }
  return refusal({
    code: "INVALID_REQUEST",
    message: "the cursor is not one that this list gave; start again without it",
  });
}
