/** A pool's one alarm: it rings at the earliest time that anything asked for. */
export class PoolAlarm {
  readonly #storage: DurableObjectStorage;
  #atMs: number | null = null;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  wakeAt(ms: number): void {
    if (this.#atMs !== null && this.#atMs <= ms) return;
    this.#atMs = ms;
    // Not awaited: the output gate holds back whatever is said before it is on disk.
    void this.#storage.setAlarm(ms);
  }

  /** It rang, so none is set any more. */
  rang(): void {
    this.#atMs = null;
  }
}
