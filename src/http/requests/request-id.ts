import { headers } from "../../contract/http/headers.ts";

/** The id that a request's caller gave it, where it is a legal one, so that logs on both sides name it alike; a new one else. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get(headers.requestId);
  return given !== null && /^[A-Za-z0-9._-]{8,128}$/.test(given) ? given : crypto.randomUUID();
}
