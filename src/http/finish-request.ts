import { anonymous } from "../domain/access/caller.ts";
import { counters } from "../operations/metrics/counters.ts";
import { looksLikeOutage } from "./answers/answer-error.ts";
import type { Needs } from "./needs.ts";

/** Methods that are counted by their own names: callers may write any. */
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Once a request is answered: counts it, and writes the one line that the log has of a failure or of a caller who was turned away. */
export function finishRequest(needs: Needs, request: Request, response: Response, ms: number): void {
  const { route, code } = needs.notes;
  const { status } = response;
  const method = methods.has(request.method) ? request.method : "other";
  counters.requests.add(method, route ?? "none", `${Math.floor(status / 100)}xx`);
  counters.requestSeconds.observe(ms / 1000);
  if (code !== null) counters.refusals.add(code);
  if (status >= 500) console.error(lineOf(needs, request, status, ms));
  else if (status === 401 || status === 403 || status === 429) console.warn(lineOf(needs, request, status, ms));
}

/** Without the query and without headers: signatures and tokens stand there. */
function lineOf({ requestId, notes, asker, origin }: Needs, request: Request, status: number, ms: number): string {
  const { error } = notes;
  return JSON.stringify({
    level: status >= 500 ? "error" : "warn",
    request_id: requestId,
    method: request.method,
    route: notes.route,
    path: new URL(request.url).pathname.slice(0, 300),
    status,
    code: notes.code,
    caller: asker.caller?.name ?? anonymous.name,
    token_id: origin.token_id,
    address: origin.address,
    ms,
    ...(error === null ? {} : { outage: looksLikeOutage(error), error: textOf(error) }),
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
