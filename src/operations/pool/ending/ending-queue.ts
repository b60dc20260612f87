import { commitEndings, type RunEnding, statementCount } from "../../../bindings/d1/run/run-transitions.ts";

interface Queued {
  ending: RunEnding;
  resolve: (isDone: boolean) => void;
  reject: (reason: unknown) => void;
}

/** Statements in one batch: a batch holds D1's only writer for as long as it takes. */
const mostStatements = 90;

/**
 * Commits endings together: those that come while a batch is on its way share the next one. So a pool ends as many runs a second as D1 can
 * write, not as it can answer.
 */
export class EndingQueue {
  readonly #db: D1Database;
  readonly #queue: Queued[] = [];
  #isRunning = false;

  constructor(db: D1Database) {
    this.#db = db;
  }

  /** True when the run ended by this; false when it had ended before, or has a newer lease. Throws when D1 does. */
  commit(ending: RunEnding): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ ending, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#queue.length > 0) {
      const together = this.#next();
      try {
        await this.#commitAll(together);
      } catch (error) {
        // One that D1 will never take must not keep the others from ending.
        if (together.length === 1) together[0]?.reject(error);
        else await this.#commitEach(together);
      }
    }
    this.#isRunning = false;
  }

  async #commitAll(together: readonly Queued[]): Promise<void> {
    const done = await commitEndings(
      this.#db,
      together.map(({ ending }) => ending),
    );
    together.forEach(({ resolve }, at) => {
      resolve(done[at] ?? false);
    });
  }

  async #commitEach(together: readonly Queued[]): Promise<void> {
    for (const one of together) {
      try {
        await this.#commitAll([one]);
      } catch (error) {
        one.reject(error);
      }
    }
  }

  #next(): Queued[] {
    let statements = 0;
    let count = 0;
    for (const { ending } of this.#queue) {
      statements += statementCount(ending);
      if (count > 0 && statements > mostStatements) break;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }
}
