import type { Client } from "../../client/create-client.ts";
import { isPassing } from "../../client/is-passing.ts";
import { pause } from "../../client/pause.ts";
import { streamRunEvents } from "../../client/stream-run-events.ts";
import { getRun } from "../../contract/http/runs.ts";
import type { Run } from "../../contract/run/run.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { describeFailure } from "../report-failure.ts";
import type { RunView } from "./run-view.ts";
import { afterEvent, afterRead, watchedRun } from "./watched-run.ts";

export interface FollowOptions {
  showsLogs: boolean;
  signal: AbortSignal;
}

/** Why a run waits is in no event, so it is asked for; a run under way tells of itself. */
const askQueuedMs = 2000;
const askUnderWayMs = 10_000;
/** What the last events may take after the run is known to have ended. */
const lastEventsMs = 2000;

/**
 * Shows a run until it has ended, and answers it. Two ways of knowing run side by side, the stream of events and asking; each goes
 * on when the other breaks, and a registry that is away, or starts anew, is waited for.
 */
export async function followRun(client: Client, begun: Run, view: RunView, options: FollowOptions): Promise<Run> {
  let watched = watchedRun(begun);
  view.show(watched);
  if (isFinal(begun.state)) return begun;
  const done = new AbortController();
  const signal = AbortSignal.any([options.signal, done.signal]);
  let isStreaming = true;
  let wake: () => void = () => undefined;

  const readEvents = async () => {
    const onBreak = (failure: unknown) => view.away(failure !== null);
    try {
      for await (const event of streamRunEvents(client, begun.id, {
        signal,
        onBreak,
        onResume: () => view.away(false),
      })) {
        if (event.type === "log") {
          if (options.showsLogs) view.log(event);
          continue;
        }
        watched = afterEvent(watched, event);
        view.show(watched);
        if (event.type === "state") wake();
      }
    } catch (error) {
      if (signal.aborted) return;
      view.note(
        `its events cannot be read, so it is asked for every ${askQueuedMs / 1000} s: ${describeFailure(error).message}`,
      );
    } finally {
      isStreaming = false;
      wake();
    }
  };

  const ask = async (): Promise<Run> => {
    for (;;) {
      const run = await readRun(client, begun.id, signal);
      view.away(run === null);
      if (run !== null) {
        if (isFinal(run.state)) return run;
        // An answer may be older than the event that woke this; the final state is the run's own to tell.
        watched = isFinal(watched.state) ? watched : afterRead(watched, run);
        view.show(watched);
      }
      const isSoon = watched.state === "queued" || !isStreaming || run === null;
      const delayMs = isFinal(watched.state) ? 200 : isSoon ? askQueuedMs : askUnderWayMs;
      const woken = new AbortController();
      wake = () => woken.abort();
      await pause(delayMs, AbortSignal.any([signal, woken.signal])).catch(() => signal.throwIfAborted());
    }
  };

  const events = readEvents();
  try {
    const run = await ask();
    await Promise.race([events, pause(lastEventsMs, signal)]);
    return run;
  } finally {
    done.abort();
    await events;
  }
}

/** Null when the registry is away. */
async function readRun(client: Client, id: string, signal: AbortSignal): Promise<Run | null> {
  try {
    return await client.call(getRun, { params: { run_id: id }, signal });
  } catch (error) {
    if (isPassing(error)) return null;
    throw error;
  }
}
