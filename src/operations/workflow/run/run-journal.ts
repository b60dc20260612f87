import type { EndedRun } from "../../../bindings/d1/workflow/ended-run-statements.ts";
import type { FeedEntry } from "../../../bindings/durable/run-feed.ts";
import type { StepState } from "../../../contract/workflow/step-state.ts";
import type { StepNote } from "../../../domain/workflow-run/actions.ts";
import { stepEntry } from "../../workflow-run/feed-entries.ts";

/** What a run has done that D1 and its listeners have not heard of. */
export interface Unwritten {
  steps: StepState[];
  ended: EndedRun[];
  entries: FeedEntry[];
}

/** Told together: what follows at once goes along, and a short run writes everything with its end. */
const gatherMs = 40;
const retryMs = 1000;

/**
 * What happens in a run, on its way to D1 and to those who listen. Nothing waits for it: results are safe in the instance's own steps, which tell
 * it all again after a crash. What could not be written stays, and is written with the next.
 */
export class RunJournal {
  readonly #write: (unwritten: Unwritten) => Promise<void>;
  readonly #steps = new Map<string, StepState>();
  #dirty = new Set<string>();
  #ended: EndedRun[] = [];
  #entries: FeedEntry[] = [];
  #writing: Promise<void> | null = null;

  constructor(write: (unwritten: Unwritten) => Promise<void>) {
    this.#write = write;
  }

  /** A step came into a state, or more is known of it. */
  note(note: StepNote): void {
    const known = this.#steps.get(note.path) ?? newStep(note.path);
    const step = { ...known, ...note };
    // Who interprets the document does not see attempts.
    if (step.failure !== null) step.failure = { ...step.failure, attempt: Math.max(1, step.attempt) };
    this.#steps.set(note.path, step);
    this.#dirty.add(note.path);
    const isNews = note.state !== undefined || (note.run !== undefined && note.output_entity === undefined);
    // A run that was done in place is told with the step's end.
    if (isNews) this.tell(stepEntry(step));
    this.#writeSoon();
  }

  /** A run was done in place. */
  record(ended: EndedRun): void {
    this.#ended.push(ended);
    this.#writeSoon();
  }

  /** An event for those who listen. */
  tell(entry: FeedEntry): void {
    this.#entries.push(entry);
  }

  /** Writes what there is, now. Throws when that fails: then it is there still. */
  async flush(): Promise<void> {
    this.#hurry();
    await this.#writing;
    await this.#writeAll();
  }

  /** All that is unwritten, for whoever writes it together with the end. Nothing else is written from then on. */
  async take(): Promise<Unwritten> {
    this.#isTaken = true;
    this.#hurry();
    await this.#writing;
    return this.#drain();
  }

  #isTaken = false;
  /** Ends the wait for more that goes along. */
  #hurry: () => void = () => {};

  #drain(): Unwritten {
    const steps = [...this.#dirty].flatMap((path) => this.#steps.get(path) ?? []);
    const unwritten = { steps, ended: this.#ended, entries: this.#entries };
    this.#dirty = new Set();
    this.#ended = [];
    this.#entries = [];
    return unwritten;
  }

  async #writeAll(): Promise<void> {
    const unwritten = this.#drain();
    if (unwritten.steps.length + unwritten.ended.length + unwritten.entries.length === 0) return;
    try {
      await this.#write(unwritten);
    } catch (error) {
      for (const { path } of unwritten.steps) this.#dirty.add(path);
      this.#ended = [...unwritten.ended, ...this.#ended];
      this.#entries = [...unwritten.entries, ...this.#entries];
      throw error;
    }
  }

  #writeSoon(waitMs = gatherMs): void {
    if (this.#writing !== null || this.#isTaken) return;
    this.#writing = (async () => {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        this.#hurry = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      let isWritten = this.#isTaken;
      try {
        if (!isWritten) await this.#writeAll();
        isWritten = true;
      } catch (error) {
        console.warn(JSON.stringify({ level: "warn", workflow_journal: String(error) }));
      }
      this.#writing = null;
      if (this.#dirty.size + this.#ended.length > 0) this.#writeSoon(isWritten ? gatherMs : retryMs);
    })();
  }
}

function newStep(path: string): StepState {
  return {
    path,
    id: path,
    type: "sequential",
    position: "",
    state: "running",
    skill: null,
    run: null,
    attempt: 0,
    started_at: null,
    finished_at: null,
    reason: null,
    failure: null,
    input_entity: null,
    output_entity: null,
    approval: null,
    items: null,
    branch: null,
  };
}
