/** A seeded generator (mulberry32): one number is a whole schedule, on every machine. */
export class Random {
  readonly #seed: number;
  #state: number;

  constructor(seed: number) {
    this.#seed = seed >>> 0;
    this.#state = this.#seed;
  }

  /** A generator of its own for one concern, so that turning one concern off does not deal the others new cards. */
  fork(concern: string): Random {
    let mixed = this.#seed ^ 0x9e3779b9;
    for (const character of concern) mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x01000193);
    return new Random(mixed);
  }

  /** At least 0, below 1. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** A whole number, both ends included. */
  between(lowest: number, highest: number): number {
    return lowest + Math.floor(this.fraction() * (highest - lowest + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    const picked = items[Math.floor(this.fraction() * items.length)];
    if (picked === undefined) throw new RangeError("there is nothing to pick from");
    return picked;
  }
}
