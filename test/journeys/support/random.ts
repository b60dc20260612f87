/** Random numbers that a seed repeats (mulberry32). */
export interface Random {
  /** From 0 up to, but without, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** One of the items; fails when there are none. */
  pick<Item>(items: readonly Item[]): Item;
}

/** The seed of a run: told by `SEED`, else from the clock. Print it, so that a failure can be run again. */
export function seedOfRun(): number {
  return Number(process.env.SEED ?? Date.now() % 1_000_000_000);
}

/** Starts the sequence that belongs to a seed. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    pick(items) {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
  };
}
