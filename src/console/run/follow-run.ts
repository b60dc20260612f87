import { streamRunEvents } from "../../client/stream-run-events.ts";
import { getRun } from "../../contract/http/runs.ts";
import type { Run } from "../../contract/run/run.ts";
import type { RunEvent } from "../../contract/run/run-event.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import type { Registry } from "../open-registry.ts";

/** Who is told what becomes of a run. */
export interface RunListener {
  /** The run as the registry tells it, whenever it was read. */
  onRun(run: Run): void;
  /** What happened since, oldest first; at the beginning all that ever happened. */
  onEvents(events: RunEvent[]): void;
  /** Whether events come as they happen, or the run is read every few seconds instead. */
  onLine(line: "live" | "broken"): void;
}

/** Events that come together are told together, so that a page is not made anew for each. */
const gatherMs = 120;
const pollMs = 2500;
/** While a run waits, why it waits changes without an event. */
const waitingPollMs = 5000;
/** While nobody looks. */
const hiddenPollMs = 15_000;

/** Follows a run until it has ended and all that it began is told as ended: by its events, and by reading it while they do not come. */
export function followRun(registry: Registry, first: Run, left: AbortSignal, listener: RunListener): void {
  const { id } = first;
  const over = new AbortController();
  const signal = AbortSignal.any([left, over.signal]);
  let last = first;
  let isBroken = false;
  let after = 0;
  let gathered: RunEvent[] = [];
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let nextRead: ReturnType<typeof setTimeout> | undefined;
  left.addEventListener("abort", () => stop(), { once: true });

  function stop(): void {
    clearTimeout(gathering);
    clearTimeout(nextRead);
    over.abort();
  }

  async function read(): Promise<void> {
    clearTimeout(nextRead);
    try {
      last = await registry.client.call(getRun, { params: { run_id: id }, signal });
      listener.onRun(last);
    } catch {
      // What is shown stays; the line says that it is not live.
    }
    if (!signal.aborted) readLater();
  }

  /** Not while events tell everything. */
  function readLater(): void {
    clearTimeout(nextRead);
    if (isSettled(last)) {
      // Its stream ends by itself, once everything was told again.
      if (isBroken) stop();
    } else if (document.hidden) nextRead = setTimeout(read, hiddenPollMs);
    else if (isBroken || isFinal(last.state)) nextRead = setTimeout(read, pollMs);
    else if (last.state === "queued" || last.state === "leased") nextRead = setTimeout(read, waitingPollMs);
  }

  function tell(): void {
    gathering = undefined;
    const events = gathered;
    gathered = [];
    listener.onEvents(events);
    // An end, a lease, a failed attempt: the run tells more of it than its event.
    if (events.some((event) => event.type === "state")) void read();
  }

  async function follow(): Promise<void> {
    while (!signal.aborted) {
      const turned = nextTurn(signal);
      if (document.hidden) {
        readLater();
        await turned;
        if (!signal.aborted) void read();
      } else if (await listen(turned)) return;
    }
  }

  /** Listens until there is nothing more to hear, or nobody looks. True: for good. */
  async function listen(turned: Promise<void>): Promise<boolean> {
    const turn = new AbortController();
    void turned.then(() => turn.abort());
    const onBreak = (failure: unknown) => {
      // A stream that ended in peace is only taken up again.
      if (failure !== null) setLine(true);
    };
    const options = { after, signal: AbortSignal.any([signal, turn.signal]), onBreak, onResume };
    try {
      for await (const event of streamRunEvents(registry.client, id, options)) {
        after = event.id;
        gathered.push(event);
        gathering ??= setTimeout(tell, gatherMs);
      }
      setLine(false);
      return true;
    } catch {
      if (turn.signal.aborted) return false;
      // It will not come back by itself: no right to it, or a proxy that lets no stream through.
      setLine(true);
      return true;
    }
  }

  function onResume(): void {
    setLine(false);
  }

  function setLine(broken: boolean): void {
    if (signal.aborted) return;
    // Of what has ended everything was read.
    if (broken && isSettled(last)) {
      stop();
      return;
    }
    if (broken !== isBroken) listener.onLine(broken ? "broken" : "live");
    isBroken = broken;
    readLater();
  }

  void follow();
  readLater();
}

/** Whether nothing more is to come: it has ended, and so has every step that was begun. */
function isSettled(run: Run): boolean {
  if (!isFinal(run.state)) return false;
  return (run.steps ?? []).every(({ state }) => state !== "running" && state !== "waiting");
}

/**
 * When the page is hidden, or shown again. Browsers keep few connections to one place that speaks HTTP/1.1, for all their tabs together:
 * a page that nobody looks at keeps none.
 */
function nextTurn(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    document.addEventListener("visibilitychange", () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
