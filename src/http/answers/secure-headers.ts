/** Who may use an answer, and how it travels. */
export interface AnswerReach {
  /** It is for everyone: pages of all origins may read it. */
  isPublic: boolean;
  isHttps: boolean;
}

/** The policy of bytes that some user sent: whatever they are, they never run as a page of ours. */
export const usersBytesPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const always = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
};
const forAll = {
  ...always,
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "*",
};
const forSome = { ...always, "Cross-Origin-Resource-Policy": "same-origin" };
/** Only where the answer is encrypted (RFC 6797 section 7.2). */
const encrypted = { "Strict-Transport-Security": "max-age=31536000" };

const known = {
  public: { http: forAll, https: { ...forAll, ...encrypted } },
  guarded: { http: forSome, https: { ...forSome, ...encrypted } },
} as const satisfies Record<string, Record<string, Readonly<Record<string, string>>>>;

/** What every answer says to browsers beside what it is; always the same object for the same reach. Pages and their files have `_headers` of their own. */
export function secureHeaders({ isPublic, isHttps }: AnswerReach): Readonly<Record<string, string>> {
  return known[isPublic ? "public" : "guarded"][isHttps ? "https" : "http"];
}

/** Whether a request came encrypted. */
export function isHttps(request: Request): boolean {
  return request.url.startsWith("https:");
}

/** An answer with these headers, where it does not say them itself. */
export function addHeaders(response: Response, told: Readonly<Record<string, string>>): Response {
  try {
    for (const [name, value] of Object.entries(told)) {
      if (name === "Vary") response.headers.append(name, value);
      else if (!response.headers.has(name)) response.headers.set(name, value);
    }
    return response;
  } catch (error) {
    // What another Worker or an object answered cannot be changed; a socket's answer is no page's.
    if (!(error instanceof TypeError)) throw error;
    return response.status === 101 ? response : addHeaders(new Response(response.body, response), told);
  }
}
