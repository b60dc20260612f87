import type { VirtualTime } from "./virtual-time.ts";

/** A stretch between two readings that the clock showed shorter than it was. */
interface Loss {
  from: number;
  ms: number;
}

/** One machine's clock: no drift, but an offset and steps. */
export class UnsteadyClock {
  readonly #time: VirtualTime;
  #offset: number;

  constructor(time: VirtualTime, offset: number) {
    this.#time = time;
    this.#offset = offset;
  }

  step(ms: number): void {
    this.#offset += ms;
  }

  get shown(): number {
    return this.#time.now + this.#offset;
  }

  /** What one life of an isolate or hub sees of it. */
  reader(): ClockReader {
    return new ClockReader(this.#time, this);
  }
}

/**
 * Keeps book of the backward steps that no reading of its own showed, because by these the protocol's bound is longer
 * (coherence-limits.ts, clocks).
 */
export class ClockReader {
  readonly #time: VirtualTime;
  readonly #clock: UnsteadyClock;
  #last: { trueTime: number; shown: number } | null = null;
  #losses: Loss[] = [];

  constructor(time: VirtualTime, clock: UnsteadyClock) {
    this.#time = time;
    this.#clock = clock;
  }

  read(): number {
    const trueTime = this.#time.now;
    const { shown } = this.#clock;
    if (this.#last !== null) {
      const elapsed = trueTime - this.#last.trueTime;
      const shownElapsed = shown - this.#last.shown;
      // A reading below the last one ends every lease: what was lost before it no longer matters.
      if (shownElapsed < 0) this.#losses = [];
      else if (shownElapsed < elapsed) this.#losses.push({ from: this.#last.trueTime, ms: elapsed - shownElapsed });
    }
    this.#last = { trueTime, shown };
    return shown;
  }

  /** How much longer than `leaseMs` a lease that this clock measures may truly have lasted by now. */
  unseenMs(leaseMs: number): number {
    let lost = 0;
    let unseen = 0;
    for (const loss of this.#losses.toReversed()) {
      lost += loss.ms;
      if (this.#time.now - loss.from <= leaseMs + lost) unseen = lost;
    }
    return unseen;
  }
}
