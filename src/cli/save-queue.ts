/** Editors write a file in several steps; a save counts when the file was quiet for this long. */
const quietMs = 150;

/** Which files wait to be published: each once, however often it is saved. */
export class SaveQueue {
  readonly #ready = new Set<string>();
  readonly #settling = new Map<string, NodeJS.Timeout>();
  readonly #signal: AbortSignal;
  #heldUntilMs = 0;
  #wake: () => void = () => undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#wake(), { once: true });
  }

  /** A file was written; it is ready once it was quiet for a moment. */
  saved(file: string): void {
    clearTimeout(this.#settling.get(file));
    const timer = setTimeout(() => {
      this.#settling.delete(file);
      // A new save is a reason to try at once.
      this.#heldUntilMs = 0;
      this.add(file);
    }, quietMs);
    this.#settling.set(file, timer);
  }

  /** A file is ready as it is. */
  add(file: string): void {
    this.#ready.add(file);
    this.#wake();
  }

  forget(file: string): void {
    clearTimeout(this.#settling.get(file));
    this.#settling.delete(file);
    this.#ready.delete(file);
  }

  /** Gives nothing out for a while. */
  holdOff(delayMs: number): void {
    this.#heldUntilMs = Date.now() + delayMs;
  }

  /** What is ready, all at once, each time that something is; ends when the signal does. */
  async *batches(): AsyncGenerator<string[]> {
    while (!this.#signal.aborted) {
      const heldMs = this.#heldUntilMs - Date.now();
      if (this.#ready.size > 0 && heldMs <= 0) {
        const files = [...this.#ready].sort();
        this.#ready.clear();
        yield files;
        continue;
      }
      await new Promise<void>((resolve) => {
        const timer = this.#ready.size > 0 ? setTimeout(resolve, heldMs) : undefined;
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    for (const timer of this.#settling.values()) clearTimeout(timer);
  }
}
