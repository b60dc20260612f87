import type { CallFailure } from "./call-failure.ts";
import { isPassing } from "./is-passing.ts";
import { pause } from "./pause.ts";

export interface AgainOptions {
  signal?: AbortSignal | undefined;
  /** Told before each further try. */
  onRetry?: (failure: CallFailure) => void;
}

const tries = 7;
const firstDelayMs = 250;

/** Does what can be done twice, past a registry that is away for a moment: for about 16 s in all. */
export async function again<T>(work: () => Promise<T>, options: AgainOptions = {}): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!isPassing(error) || attempt === tries) throw error;
      options.onRetry?.(error);
      await pause(firstDelayMs * 2 ** (attempt - 1), options.signal);
    }
  }
}
