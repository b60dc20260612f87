/** A piece of work with the names that it writes and the names that it must find written. */
export interface NamedWork {
  writes: readonly string[];
  reads: readonly string[];
  run: () => Promise<void>;
}

/**
 * Runs pieces of work at most `width` at a time. A piece starts after every earlier piece that writes what it writes or reads.
 * No piece may throw.
 */
export async function runInOrder(pieces: readonly NamedWork[], width: number): Promise<void> {
  const lastWriter = new Map<string, Promise<void>>();
  const slots = new Slots(width);
  const all = pieces.map(({ writes, reads, run }) => {
    const names = [...writes, ...reads];
    const done = Promise.all(names.map((name) => lastWriter.get(name))).then(() => slots.use(run));
    for (const name of writes) lastWriter.set(name, done);
    return done;
  });
  await Promise.all(all);
}

/** A number of places that work takes and gives back. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(width: number) {
    this.#free = width;
  }

  async use(work: () => Promise<void>): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
