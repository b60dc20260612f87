import type { Failure } from "../../contract/failure.ts";
import type { Route } from "../../contract/http/route.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal } from "../../domain/result.ts";
import { readWait } from "../requests/run-wait.ts";

/**
 * How many seconds a route may take until its answer begins; null: as long as its caller stays. What reads a large body may take long, since its caller
 * may be slow.
 */
export function secondsOf({ time, body }: Pick<Route, "time" | "body">, request: Request): number | null {
  if (time === "endless" || body?.as === "bytes") return null;
  const isLong = time === "long" || body?.as === "run" || body?.as === "document";
  // What a caller is willing to wait comes on top: a run that is not done by then is answered as it stands.
  return (isLong ? limits.longRouteSeconds : limits.routeSeconds) + readWait(request);
}

/**
 * The outcome of `work`, or a refusal when there is none in time. The work goes on then, since nobody can say where it stands: `goOn` keeps it alive,
 * and hears what becomes of it.
 */
export async function answerInTime<Value, Refusal>(
  seconds: number | null,
  work: Promise<Result<Value, Refusal>>,
  goOn: (work: Promise<unknown>) => void,
  late: () => Refusal,
): Promise<Result<Value, Refusal>> {
  if (seconds === null) return work;
  let timer: number | null = null;
  const bell = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), seconds * 1000);
  });
  try {
    const first = await Promise.race([work, bell]);
    if (first !== "late") return first;
    goOn(work);
    return refusal(late());
  } finally {
    clearTimeout(timer);
  }
}

/** What is told of work that took too long. */
export function timedOut(method: string, seconds: number): Failure {
  const message =
    method === "GET" || method === "HEAD"
      ? `this took longer than the ${seconds} s that it may; nothing was changed, so ask again`
      : `this took longer than the ${seconds} s that it may, and may still be done: look, or send the same again, which changes nothing twice`;
  return { code: "TIMED_OUT", message, retryAfterSeconds: 5 };
}
