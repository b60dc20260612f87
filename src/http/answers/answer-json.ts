import { headers } from "../../contract/http/headers.ts";

/** JSON of a contract schema. Not cached unless `extra` says otherwise. */
export function answerJson(
  value: unknown,
  requestId: string,
  status = 200,
  extra: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "no-cache",
      [headers.requestId]: requestId,
      ...extra,
    },
  });
}
