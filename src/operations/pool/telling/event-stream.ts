import { limits } from "../../../contract/limits.ts";
import type { Progress } from "../../../contract/run/progress.ts";
import type { LogEvent, RunEvent } from "../../../contract/run/run-event.ts";
import { isoTime } from "../iso-time.ts";
import type { OpenPool } from "../open-pool.ts";

/** How far the events of a run have come. */
export interface EventStream {
  lastId: number;
  logBytes: number;
  isCut: boolean;
  progressAtMs: number;
  /** Progress that came too soon after the last to be told at once. */
  held: Progress | null;
}

/** Progress is told at most four times a second. */
const progressGapMs = 250;

type StateEvent = Extract<RunEvent, { type: "state" }>;

/** Tells that a run came into a state. Always kept. */
export function tellState(pool: OpenPool, runId: string, told: Omit<StateEvent, "type" | "id" | "at">): void {
  tellHeldProgress(pool, runId);
  const stream = streamOf(pool, runId);
  append(pool, runId, { ...numbered(pool, stream), type: "state", ...told });
}

/** Tells progress; what comes too fast is told later, of which only the last. */
export function tellProgress(pool: OpenPool, runId: string, progress: Progress): void {
  const stream = streamOf(pool, runId);
  const waitMs = stream.progressAtMs + progressGapMs - pool.nowMs();
  if (waitMs <= 0) {
    stream.held = null;
    appendProgress(pool, runId, stream, progress);
    return;
  }
  if (stream.held === null) {
    const gap = new Promise((resolve) => setTimeout(resolve, waitMs));
    pool.later(gap.then(() => tellHeldProgress(pool, runId)));
  }
  stream.held = progress;
}

/** Tells what lines a run's handler, or its runner, wrote; beyond the limits nothing but that. */
export function tellLog(
  pool: OpenPool,
  runId: string,
  attempt: number,
  stream: LogEvent["stream"],
  lines: readonly string[],
): void {
  const kept = streamOf(pool, runId);
  for (const text of lines) {
    if (kept.isCut) return;
    if (kept.logBytes + text.length > limits.logBytesPerRun || isFull(kept)) {
      kept.isCut = true;
      const note = `the log ends here: a run keeps at most ${limits.logBytesPerRun} bytes of it and ${limits.eventsPerRun} events`;
      append(pool, runId, { ...numbered(pool, kept), type: "log", attempt, stream: "runner", text: note });
      return;
    }
    const json = append(pool, runId, { ...numbered(pool, kept), type: "log", attempt, stream, text });
    kept.logBytes += json.length;
  }
}

/** Tells the progress that was held back, if any. */
export function tellHeldProgress(pool: OpenPool, runId: string): void {
  const stream = pool.streams.get(runId);
  if (stream === undefined || stream.held === null) return;
  const { held } = stream;
  stream.held = null;
  appendProgress(pool, runId, stream, held);
}

function appendProgress(pool: OpenPool, runId: string, stream: EventStream, progress: Progress): void {
  stream.progressAtMs = pool.nowMs();
  if (isFull(stream)) return;
  append(pool, runId, { ...numbered(pool, stream), type: "progress", progress });
  pool.tables.jobs.saveProgress(runId, progress);
}

/** The last events are for states, and for the note that the log was cut. */
function isFull(stream: EventStream): boolean {
  return stream.lastId >= limits.eventsPerRun - 100;
}

function append(pool: OpenPool, runId: string, event: RunEvent): string {
  const json = JSON.stringify(event);
  pool.tables.events.insert(runId, event.id, json);
  pool.sockets.broadcast(runId, json);
  return json;
}

function numbered(pool: OpenPool, stream: EventStream): { id: number; at: string } {
  stream.lastId += 1;
  return { id: stream.lastId, at: isoTime(pool.nowMs()) };
}

function streamOf(pool: OpenPool, runId: string): EventStream {
  const known = pool.streams.get(runId);
  if (known !== undefined) return known;
  const { lastId, logBytes } = pool.tables.events.count(runId);
  const stream = { lastId, logBytes, isCut: logBytes >= limits.logBytesPerRun, progressAtMs: 0, held: null };
  pool.streams.set(runId, stream);
  return stream;
}
