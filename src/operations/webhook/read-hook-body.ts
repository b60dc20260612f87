import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** The JSON that a hook carries: as its body, or, as GitHub may be told to send it, in the field `payload` of a form. */
export function readHookBody(body: Uint8Array, contentType: string | null): Result<unknown, Failure> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body);
    const isForm = contentType?.split(";")[0]?.trim().toLowerCase() === "application/x-www-form-urlencoded";
    const json = isForm ? new URLSearchParams(text).get("payload") : text;
    if (json === null) return refusal({ code: "INVALID_REQUEST", message: "the form has no field payload" });
    return success(JSON.parse(json));
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : "it cannot be parsed";
    return refusal({ code: "INVALID_REQUEST", message: `the body is not JSON in UTF-8: ${why}` });
  }
}
