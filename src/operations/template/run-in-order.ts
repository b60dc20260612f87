/** A piece of work with the names that it writes and the names that it must find written. */
export interface NamedWork {
  writes: readonly string[];
  reads: readonly string[];
  run: () => Promise<void>;
}

/**
 * After so many pieces the others of this process get a turn: on one machine everything is one process, whose loop looks at the network only
 * when it has nothing else to do.
 */
const piecesInARow = 6;

/**
 * Runs pieces of work at most `width` at a time. A piece starts after every earlier piece that writes what it writes or reads.
 * No piece may throw.
 */
export async function runInOrder(pieces: readonly NamedWork[], width: number): Promise<void> {
  const lastWriter = new Map<string, Promise<void>>();
  const slots = new Slots(width);
  const begin = ({ writes, reads, run }: NamedWork) => {
    const names = [...writes, ...reads];
    const done = Promise.all(names.map((name) => lastWriter.get(name))).then(() => slots.use(run));
    for (const name of writes) lastWriter.set(name, done);
    return done;
  };
  for (let from = 0; from < pieces.length; from += piecesInARow) {
    if (from > 0) await new Promise((resolve) => setTimeout(resolve, 0));
    await Promise.all(pieces.slice(from, from + piecesInARow).map(begin));
  }
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
