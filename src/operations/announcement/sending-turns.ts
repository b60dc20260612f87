/** Lets a hub answer syncs while it tells many listeners. */
export class SendingTurns {
  /** Gives everything else that waits a turn. */
  readonly pause: () => Promise<void>;
  readonly #sendsAtOnce: number;
  #spent = 0;

  constructor(sendsAtOnce: number, pause: () => Promise<void>) {
    this.#sendsAtOnce = sendsAtOnce;
    this.pause = pause;
  }

  /** So many sends were made. True: now is the time to pause. */
  isOver(sends: number): boolean {
    this.#spent += sends;
    if (this.#spent < this.#sendsAtOnce) return false;
    this.#spent = 0;
    return true;
  }
}
