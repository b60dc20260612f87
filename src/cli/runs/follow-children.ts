import type { Client } from "../../client/create-client.ts";
import { pause } from "../../client/pause.ts";
import { getRun } from "../../contract/http/runs.ts";
import type { LogEvent } from "../../contract/run/run-event.ts";
import { followRun } from "./follow-run.ts";
import type { RunView } from "./run-view.ts";
import { isSettled, type StepStates } from "./step-states.ts";
import type { WatchedRun } from "./watched-run.ts";

/** At most so many runs are followed at the same time: each is a connection of its own. */
const mostFollowed = 4;
/** Most steps at the edge are done before anybody would have seen more of them. */
const patienceMs = 700;

/** What is told of a run that does a step. */
export interface ChildEvents {
  show(path: string, child: WatchedRun): void;
  log(path: string, event: LogEvent): void;
}

/**
 * Follows a few of the runs that do the steps of another: their progress, why they wait, and what they print. `update` is told of the steps as
 * they stand, as often as they change. Whatever goes wrong here, the steps themselves are told by the workflow's own run.
 */
export class ChildFollower {
  readonly #client: Client;
  readonly #showsLogs: boolean;
  readonly #events: ChildEvents;
  readonly #stopped = new AbortController();
  /** Every run that was ever followed. */
  readonly #seen = new Set<string>();
  #steps: StepStates = new Map();
  #followed = 0;

  constructor(client: Client, showsLogs: boolean, events: ChildEvents) {
    this.#client = client;
    this.#showsLogs = showsLogs;
    this.#events = events;
  }

  update(steps: StepStates): void {
    this.#steps = steps;
    for (const { path, run, state, skill } of steps.values()) {
      if (this.#followed >= mostFollowed) return;
      // An agent's answer comes at once or not at all.
      if (run === null || isSettled(state) || this.#seen.has(run) || skill?.startsWith("agent/") === true) continue;
      this.#seen.add(run);
      this.#followed += 1;
      this.#follow(path, run)
        .catch(() => undefined)
        .finally(() => {
          this.#followed -= 1;
        });
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #follow(path: string, id: string): Promise<void> {
    const { signal } = this.#stopped;
    if (!this.#showsLogs) {
      await pause(patienceMs, signal);
      const step = this.#steps.get(path);
      if (step === undefined || isSettled(step.state)) return;
    }
    const begun = await this.#client.call(getRun, { params: { run_id: id }, signal });
    const view: RunView = {
      show: (child) => this.#events.show(path, child),
      log: (event) => this.#events.log(path, event),
      child: () => undefined,
      note: () => undefined,
      away: () => undefined,
      hold: () => undefined,
      close: () => undefined,
    };
    await followRun(this.#client, begun, view, { showsLogs: this.#showsLogs, signal });
  }
}
