import type { ServerResponse } from "node:http";

/**
 * How the API fails. `refuse`: nobody listens; `hang`: no answer comes; `status`: the host's own trouble (502, 503); `rate-limit`: this hour's requests
 * are spent; `secondary`: too many at once, with `retry-after`; `cut`: the connection breaks in the middle of an answer.
 */
export type ApiFault =
  | { fault: "refuse" }
  | { fault: "hang" }
  | { fault: "cut" }
  | { fault: "status"; status: number }
  | { fault: "rate-limit"; resetSeconds: number }
  | { fault: "secondary"; retrySeconds: number };

/** Answers a request as a host in that trouble does. A host that refuses connections has closed its port: it never comes here. */
export function answerFaulty(response: ServerResponse, fault: ApiFault): number {
  switch (fault.fault) {
    case "hang":
      return 0;
    case "refuse":
      response.destroy();
      return 0;
    case "cut":
      response.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": 4096 });
      response.write('{"sha":"', () => response.destroy());
      return 0;
    case "status":
      response.writeHead(fault.status, { "content-type": "text/html" });
      response.end("<html><body><h1>We had issues producing the response to your request.</h1></body></html>\n");
      return fault.status;
    case "rate-limit":
      sayLimited(
        response,
        `API rate limit exceeded for user ID 1. If you reach out to GitHub Support for help, please include the request ID.`,
        {
          "x-ratelimit-limit": "5000",
          "x-ratelimit-remaining": "0",
          "x-ratelimit-used": "5000",
          "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + fault.resetSeconds),
          "x-ratelimit-resource": "core",
        },
      );
      return 403;
    case "secondary":
      sayLimited(
        response,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        { "retry-after": String(fault.retrySeconds) },
      );
      return 403;
  }
}

function sayLimited(response: ServerResponse, message: string, headers: Record<string, string>): void {
  response.writeHead(403, { "content-type": "application/json; charset=utf-8", ...headers });
  const documentation_url = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
  response.end(JSON.stringify({ message, documentation_url, status: "403" }));
}
