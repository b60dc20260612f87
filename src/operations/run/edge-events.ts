import type { RunEnding } from "../../bindings/d1/run/run-transitions.ts";
import { putBlob } from "../../bindings/r2/blob-store.ts";
import type { RunEvent } from "../../contract/run/run-event.ts";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";
import type { EdgeAttempt } from "./edge-attempt.ts";

/** Keeps what the function logged where ended runs have their events, as NDJSON. Null when it logged nothing: then the run's row says it all. */
export async function archiveEdgeEvents(
  blobs: R2Bucket,
  attempts: readonly EdgeAttempt[],
  ending: RunEnding,
): Promise<string | null> {
  if (attempts.every(({ outcome }) => outcome.log.length === 0)) return null;
  const events = eventsOf(attempts, ending).map((event, at) => JSON.stringify({ ...event, id: at + 1 }));
  const bytes = new TextEncoder().encode(`${events.join("\n")}\n`);
  const digest = digestOfBytes(bytes);
  await putBlob(blobs, digest, bytes, "application/x-ndjson");
  return digest;
}

function eventsOf(attempts: readonly EdgeAttempt[], ending: RunEnding): RunEvent[] {
  const runner = ending.runner?.name ?? null;
  const failure = ending.state === "failed" ? ending.failure : null;
  const state = { id: 0, type: "state" as const, runner, retry_at: null };
  return [
    ...attempts.flatMap(({ startedAt, finishedAt, outcome }, at): RunEvent[] => [
      { ...state, at: startedAt, state: "running", attempt: at + 1, failure: null },
      ...outcome.log.map((text) => {
        return { id: 0, at: finishedAt, type: "log" as const, attempt: at + 1, stream: "stdout" as const, text };
      }),
    ]),
    { ...state, at: ending.finishedAt, state: ending.state, attempt: ending.attempt, failure },
  ];
}
