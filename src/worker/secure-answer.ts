import { addHeaders, isHttps, secureHeaders } from "../http/answers/secure-headers.ts";

/** An answer of nobody's route, a missing one say, with the headers that routes give theirs. */
export function secureAnswer(response: Response, request: Request): Response {
  // Only these headers have it, so whoever says this has said them all.
  if (response.headers.has("Referrer-Policy")) return response;
  return addHeaders(response, secureHeaders({ isPublic: false, isHttps: isHttps(request) }));
}
