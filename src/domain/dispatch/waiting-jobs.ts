import type { Capabilities } from "../../contract/runner/capabilities.ts";
import type { JobNeeds } from "../../contract/runner/job.ts";
import { compareRank, compareText } from "./job-order.ts";
import { JobShape, shapeKey } from "./job-shape.ts";
import { SortedList } from "./sorted-list.ts";

/** A job that waits for a runner. */
export interface WaitingJob {
  runId: string;
  needs: JobNeeds;
  /** 1 to 10. */
  priority: number;
  arrivedAtMs: number;
  /** The end of its backoff; 0 when it is in none. */
  notBeforeMs: number;
  /** What a runner had better have loaded: digests of document and source, names of models. */
  warmKeys: string[];
  handler: string | null;
}

/** A waiting job and its shape. */
export interface WaitingEntry {
  job: WaitingJob;
  shape: JobShape;
}

/**
 * The jobs of one pool that wait, in the order in which they go. Jobs in backoff lie apart; `wake` brings in those whose time has come.
 * A job that was added must not be changed: add it again instead.
 */
export class WaitingJobs {
  readonly #entries = new Map<string, WaitingEntry>();
  readonly #shapes = new Map<string, JobShape>();
  /** The first ready job of each shape. */
  readonly #heads = new SortedList<WaitingJob>(compareRank);
  #crew: readonly Capabilities[] = [];
  #crewNumber = 1;
  readonly #inBackoff = new SortedList<WaitingJob>(
    (a, b) => a.notBeforeMs - b.notBeforeMs || compareText(a.runId, b.runId),
  );
  readonly #byArrival = new SortedList<WaitingJob>(
    (a, b) => a.arrivedAtMs - b.arrivedAtMs || compareText(a.runId, b.runId),
  );

  get size(): number {
    return this.#entries.size;
  }

  /** Adds a job, or puts it in the place of the one with its run id. */
  add(job: WaitingJob): void {
    this.remove(job.runId);
    const key = shapeKey(job);
    const shape = this.#shapes.get(key) ?? new JobShape(key, job);
    this.#shapes.set(key, shape);
    shape.count += 1;
    this.#entries.set(job.runId, { job, shape });
    this.#byArrival.add(job);
    // Without a clock here, any backoff counts as one until `wake`.
    if (job.notBeforeMs > 0) this.#inBackoff.add(job);
    else this.#makeReady({ job, shape });
  }

  /** Whether it was there. */
  remove(runId: string): boolean {
    const entry = this.#entries.get(runId);
    if (entry === undefined) return false;
    const { job, shape } = entry;
    this.#entries.delete(runId);
    this.#byArrival.remove(job);
    const head = shape.ready.at(0);
    if (!shape.ready.remove(job)) this.#inBackoff.remove(job);
    else if (head === job) this.#changeHead(head, shape.ready.at(0));
    shape.count -= 1;
    if (shape.count === 0) this.#shapes.delete(shape.key);
    return true;
  }

  get(runId: string): WaitingJob | null {
    return this.#entries.get(runId)?.job ?? null;
  }

  has(runId: string): boolean {
    return this.#entries.has(runId);
  }

  /** When the job that waits longest arrived; null when none waits. */
  oldestArrivedAtMs(): number | null {
    return this.#byArrival.at(0)?.arrivedAtMs ?? null;
  }

  /** One more than go before it; null when it does not wait. Jobs in backoff, as of the last `wake`, go before nobody. */
  positionOf(runId: string): number | null {
    const job = this.get(runId);
    if (job === null) return null;
    let before = 0;
    for (const shape of this.#shapes.values()) before += shape.ready.countBefore(job);
    return before + 1;
  }

  /** When the next backoff ends: the time to match again. Null when no job is in one. */
  nextNotBeforeMs(nowMs: number): number | null {
    this.wake(nowMs);
    return this.#inBackoff.at(0)?.notBeforeMs ?? null;
  }

  /** Ends the backoffs whose time has come. One that has ended does not begin again, should the clock step back. */
  wake(nowMs: number): void {
    for (let job = this.#inBackoff.at(0); job !== undefined && job.notBeforeMs <= nowMs; job = this.#inBackoff.at(0)) {
      this.#inBackoff.takeFirst();
      const entry = this.#entries.get(job.runId);
      if (entry !== undefined) this.#makeReady(entry);
    }
  }

  /** The first ready job of each shape, in order. */
  *heads(): Generator<WaitingEntry, void> {
    for (const { runId } of this.#heads) {
      const entry = this.#entries.get(runId);
      if (entry !== undefined) yield entry;
    }
  }

  /** A number for these runners, the same as long as they are the same: what shapes remember of them holds for as long. */
  meet(crew: readonly Capabilities[]): number {
    const isSame = crew.length === this.#crew.length && crew.every((each, at) => each === this.#crew[at]);
    if (isSame) return this.#crewNumber;
    this.#crew = crew;
    this.#crewNumber += 1;
    return this.#crewNumber;
  }

  #makeReady({ job, shape }: WaitingEntry): void {
    const head = shape.ready.at(0);
    shape.ready.add(job);
    if (shape.ready.at(0) === job) this.#changeHead(head, job);
  }

  #changeHead(from: WaitingJob | undefined, to: WaitingJob | undefined): void {
    if (from !== undefined) this.#heads.remove(from);
    if (to !== undefined) this.#heads.add(to);
  }
}
