import { listRunEvents } from "../contract/http/runs.ts";
import { type RunEvent, runEvent } from "../contract/run/run-event.ts";
import { isFinal } from "../contract/run/run-state.ts";
import { CallFailure } from "./call-failure.ts";
import type { Client } from "./create-client.ts";
import { isPassing } from "./is-passing.ts";
import { pause } from "./pause.ts";
import { parseData, readServerEvents } from "./read-server-events.ts";

export interface StreamOptions {
  /** Only events after this one. Default 0: all. */
  after?: number;
  signal?: AbortSignal;
  /** Told when the stream broke and will be taken up again after `delayMs`. */
  onBreak?: (failure: unknown, delayMs: number) => void;
  /** Told when it is there again. */
  onResume?: () => void;
}

const firstDelayMs = 250;
const longestDelayMs = 5000;

/**
 * A run's events in their order, each once, until the run has ended. A broken connection is taken up again after the last event,
 * for as long as it takes; what will not pass by itself (no such run, no right) is thrown.
 */
export async function* streamRunEvents(
  client: Client,
  runId: string,
  options: StreamOptions = {},
): AsyncGenerator<RunEvent, void, undefined> {
  const { signal } = options;
  let after = options.after ?? 0;
  let delayMs = 0;
  for (;;) {
    let failure: unknown = null;
    const before = after;
    try {
      for await (const event of readStream(client, runId, after, signal)) {
        if (delayMs > 0) options.onResume?.();
        delayMs = 0;
        if (event.id <= after) continue;
        after = event.id;
        yield event;
        if (event.type === "state" && isFinal(event.state)) return;
      }
      if (after === before && (await isOver(client, runId, after, signal))) return;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof CallFailure && !isPassing(error)) throw error;
      failure = error;
    }
    delayMs = Math.min(longestDelayMs, Math.max(firstDelayMs, delayMs * 2));
    options.onBreak?.(failure, delayMs);
    await pause(delayMs, signal);
  }
}

/** Whether a stream that gave nothing has nothing to give: the run has ended, and its last event is known already. */
async function isOver(client: Client, runId: string, after: number, signal?: AbortSignal): Promise<boolean> {
  const query = { after: String(after), limit: "1" };
  const options = signal === undefined ? {} : { signal };
  const { events, ended } = await client.call(listRunEvents, { params: { run_id: runId }, query, ...options });
  return ended && events.length === 0;
}

/** One connection's events, until it ends; what breaks it is thrown. */
async function* readStream(
  client: Client,
  runId: string,
  after: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, void, undefined> {
  const headers = { accept: "text/event-stream", ...(after === 0 ? {} : { "last-event-id": String(after) }) };
  const open = (either: AbortSignal) =>
    client.open(listRunEvents, { params: { run_id: runId }, headers, signal: either });
  for await (const piece of readServerEvents(open, signal)) {
    if (piece.kind !== "data") continue;
    const event = runEvent.safeParse(parseData(piece.data));
    // A newer registry may tell of more than this client knows.
    if (event.success) yield event.data;
  }
}
