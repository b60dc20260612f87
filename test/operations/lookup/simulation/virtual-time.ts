interface Due {
  at: number;
  act: () => void;
}

/** The simulation's true time, in ms: it jumps from event to event, so that minutes pass in milliseconds. */
export class VirtualTime {
  now = 0;
  /** Latest first: the next event is taken from the end. */
  readonly #due: Due[] = [];

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.#add({ at: this.now + Math.max(0, ms), act: resolve }));
  }

  /** Runs until nothing is due any more. */
  async run(): Promise<void> {
    for (let next = this.#due.pop(); next !== undefined; next = this.#due.pop()) {
      this.now = next.at;
      next.act();
      // All that follows at once from this event happens before the next one.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Events of one moment keep the order in which they were added. */
  #add(added: Due): void {
    let low = 0;
    let high = this.#due.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#due[middle]?.at ?? 0) > added.at) low = middle + 1;
      else high = middle;
    }
    this.#due.splice(low, 0, added);
  }
}
