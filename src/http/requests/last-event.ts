import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** `Last-Event-ID` is what a browser sends when it comes back: newer than the address it began with, whose `after` counts without it. */
export function readLastEvent(request: Request, after: number | undefined): Result<number | null, Failure> {
  const given = request.headers.get("last-event-id");
  if (given === null || given === "") return success(after ?? null);
  if (/^\d{1,15}$/.test(given)) return success(Number(given));
  const message = `Last-Event-ID is "${given.slice(0, 40)}"; it must be the id of an event, in decimal digits`;
  return refusal({ code: "INVALID_REQUEST", message });
}
