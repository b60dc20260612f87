import type { RunFailure } from "../../contract/run/run-failure.ts";
import type { Step } from "../../contract/workflow/step.ts";
import type { StepFailure, StepNote, WorkflowActions } from "./actions.ts";
import type { StepEnd, StepPlace } from "./interpretation.ts";

/** Tells of one step how it goes. */
export class StepTale {
  readonly #note: WorkflowActions["note"];
  readonly #place: StepPlace;
  #isBegun = false;
  readonly #identity: StepNote;

  constructor(note: WorkflowActions["note"], step: Step, place: StepPlace) {
    const { path, position } = place;
    this.#note = note;
    this.#place = place;
    this.#identity = { path, id: step.id, type: step.step_type ?? "sequential", position };
  }

  /** It runs, or waits for somebody. */
  begins(state: "running" | "waiting", more: Omit<StepNote, "path"> = {}): void {
    this.#isBegun = true;
    this.#note({ ...this.#identity, state, started_at: timeOf(this.#place.startedAt), ...more });
  }

  /** Tells the end, and gives it back. `more`: what else is known now. */
  ends<End extends StepEnd>(end: End, more: Omit<StepNote, "path"> = {}): End {
    const who = this.#isBegun ? { path: this.#place.path } : this.#identity;
    const finished_at = timeOf(end.finishedAt);
    if (end.state === "skipped") {
      this.#note({ ...who, state: "skipped", started_at: null, finished_at, reason: end.reason, ...more });
    } else {
      const failure = end.state === "failed" ? toldFailure(end.failure, finished_at) : null;
      const started = this.#isBegun ? {} : { started_at: timeOf(this.#place.startedAt) };
      this.#note({ ...who, ...started, state: end.state, finished_at, failure, ...more });
    }
    return end;
  }

  /** It is left out. */
  skips(reason: string): StepEnd {
    return this.ends({ state: "skipped", reason, finishedAt: this.#place.startedAt });
  }

  /** It failed by itself: at once, unless told when. */
  fails(failure: StepFailure, finishedAt = this.#place.startedAt, isFinal = false): StepEnd {
    return this.ends({ state: "failed", failure, step: this.#place.path, isFinal, finishedAt });
  }

  /** What could not be read skips it, or fails it. */
  cannotRead(reading: { state: "missing"; reason: string } | { state: "failed"; failure: StepFailure }): StepEnd {
    return reading.state === "missing" ? this.skips(reading.reason) : this.fails(reading.failure);
  }
}

/** A time (milliseconds since 1970) as RFC 3339. */
export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** A step has no attempts and no runner of its own: the run that does it has. */
function toldFailure(failure: StepFailure, at: string): RunFailure {
  return { ...failure, attempt: 1, runner: null, at };
}
