/** So long, what comes to a busy pool is gathered. */
const gatherMs = 4;
/** Turns that a pool may take at once before it counts as busy; it gains one in each `gatherMs`. */
const freeTurns = 4;

/**
 * A pool's work, in turns. What comes to an idle pool is done at once; what comes in quick succession is gathered, and done together: one
 * write to disk for all of it, for each turn of a Durable Object is one, and one match of jobs with runners. Everything is done in the order
 * in which it came.
 */
export class TurnQueue {
  readonly #match: () => void;
  readonly #nowMs: () => number;
  #queue: (() => void)[] = [];
  #isPlanned = false;
  #isUnderWay = false;
  #wantsMatch = false;
  #free = freeTurns;
  #lastMs = 0;

  /** `match`: what is done at the end of a turn that asked for it. */
  constructor(match: () => void, nowMs: () => number) {
    this.#match = match;
    this.#nowMs = nowMs;
  }

  /** Does `work`, now or with what else comes. */
  take<Value>(work: () => Value): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#queue.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
      this.#begin();
    });
  }

  /** Jobs and runners are matched at the end of this turn, or of the next. */
  matchSoon(): void {
    this.#wantsMatch = true;
    if (!this.#isUnderWay) this.#begin();
  }

  #begin(): void {
    if (this.#isPlanned || this.#isUnderWay) return;
    const nowMs = this.#nowMs();
    // Steps of the clock: backwards counts as none.
    this.#free = Math.min(freeTurns, this.#free + Math.max(0, nowMs - this.#lastMs) / gatherMs);
    this.#lastMs = nowMs;
    if (this.#free >= 1) {
      this.#free -= 1;
      this.#run();
      return;
    }
    this.#isPlanned = true;
    setTimeout(() => {
      this.#isPlanned = false;
      this.#run();
    }, gatherMs);
  }

  #run(): void {
    this.#isUnderWay = true;
    while (this.#queue.length > 0 || this.#wantsMatch) {
      const works = this.#queue;
      this.#queue = [];
      for (const work of works) work();
      if (this.#wantsMatch && this.#queue.length === 0) this.#matchNow();
    }
    this.#isUnderWay = false;
  }

  #matchNow(): void {
    this.#wantsMatch = false;
    try {
      this.#match();
    } catch (error) {
      // What was done in this turn stands; the next turn matches again.
      console.error(JSON.stringify({ level: "error", pool_match: String(error) }));
    }
  }
}
