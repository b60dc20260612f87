import type { z } from "zod";
import { type OciFailure, type ociErrors, ociStatus } from "../../contract/oci/failure.ts";

/** A refusal in the envelope of OCI Distribution 1.1 ("Error codes"). */
export function answerOciFailure(failure: OciFailure, extra: Record<string, string> = {}): Response {
  const { code, message, issues, retryAfterSeconds } = failure;
  // Beside the errors, not as `detail`: clients print details too, and the message has every issue on a line already.
  const told = { errors: [{ code, message }], ...(issues === undefined || issues.length === 0 ? {} : { issues }) };
  return answerEnvelope(told, failure.status ?? ociStatus[code], {
    ...(retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) }),
    ...extra,
  });
}

/** The envelope; without errors where no code of the closed list is true. */
export function answerEnvelope(
  envelope: z.input<typeof ociErrors>,
  status: number,
  extra: Record<string, string>,
): Response {
  return new Response(JSON.stringify(envelope), {
    status,
    // A refusal is true now; what is missing may be pushed in a moment.
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store", ...extra },
  });
}
