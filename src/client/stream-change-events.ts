import { type ChangeEvent, type ChangeType, changeEvent } from "../contract/announcement/change-event.ts";
import { listEvents } from "../contract/http/events.ts";
import { CallFailure } from "./call-failure.ts";
import type { Client } from "./create-client.ts";
import { isPassing } from "./is-passing.ts";
import { pause } from "./pause.ts";
import { parseData, readServerEvents } from "./read-server-events.ts";

export interface ChangeStreamOptions {
  /** Changes after this one. Without it: those that come from now on. */
  after?: number;
  /** Of these types only. */
  types?: readonly ChangeType[];
  /** Of these names only: name patterns, as `templates/image_*`. */
  names?: readonly string[];
  signal?: AbortSignal;
  /** Told when the stream broke and will be taken up again after `delayMs`; `failure` is null where it just ended. */
  onBreak?: (failure: unknown, delayMs: number) => void;
  /** Told when it is there again. */
  onResume?: () => void;
  /** Told each time when it is there, and when nothing happens for a while: nothing up to `seq` is to come any more. */
  onPosition?: (seq: number) => void;
}

const firstDelayMs = 250;
const longestDelayMs = 5000;

/**
 * Changes of names in their order, each once, for ever. A broken connection is taken up again after the last change, for as long as it takes; what will
 * not pass by itself (no right, a filter that cannot be) is thrown, and so is what `signal` was aborted with.
 */
export async function* streamChangeEvents(
  client: Client,
  options: ChangeStreamOptions = {},
): AsyncGenerator<ChangeEvent, never, undefined> {
  const { signal } = options;
  let after = options.after ?? null;
  let delayMs = 0;
  for (;;) {
    let failure: unknown = null;
    try {
      for await (const piece of readServerEvents((either) => open(client, options, after, either), signal)) {
        if (delayMs > 0) options.onResume?.();
        delayMs = 0;
        const position = piece.kind === "comment" ? readPosition(piece.text) : null;
        if (position !== null) {
          after = Math.max(after ?? 0, position);
          options.onPosition?.(after);
        }
        // A newer registry may tell of more than this client knows.
        const change = piece.kind === "data" ? changeEvent.safeParse(parseData(piece.data)) : null;
        if (change?.success !== true || (after !== null && change.data.seq <= after)) continue;
        after = change.data.seq;
        yield change.data;
      }
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

function open(
  client: Client,
  { types, names }: ChangeStreamOptions,
  after: number | null,
  signal: AbortSignal,
): Promise<Response> {
  const query = {
    ...(types === undefined ? {} : { types: types.join(",") }),
    ...(names === undefined ? {} : { names: names.join(",") }),
  };
  const headers = { accept: "text/event-stream", ...(after === null ? {} : { "last-event-id": String(after) }) };
  return client.open(listEvents, { query, headers, signal });
}

/** Up to which change nothing is to come any more. */
function readPosition(comment: string): number | null {
  const seq = /^ ?still here (\d+)$/.exec(comment)?.[1];
  return seq === undefined ? null : Number(seq);
}
