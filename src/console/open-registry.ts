import { type Client, createClient } from "../client/create-client.ts";
import { headers } from "../contract/http/headers.ts";

/** The registry that served the console, and the newest state of it that an answer told of. */
export interface Registry {
  readonly client: Client;
  readonly seq: number;
  /** From now on, reads ask for a state at least as new as the newest known. */
  catchUp(): void;
  /** Takes note of the state that an answer told of. */
  note(told: number): void;
  /** Calls `listener` with each state that an answer tells of, older ones too, until `signal` is aborted. */
  watch(listener: (told: number) => void, signal: AbortSignal): void;
}

/** Opens the registry at an origin for reading; the console changes nothing, so it needs no token. */
export function openRegistry(origin: string): Registry {
  const listeners = new Set<(told: number) => void>();
  let seq = 0;
  function note(told: number): void {
    seq = Math.max(seq, told);
    for (const listener of listeners) listener(told);
  }
  function connect(minSeq: number): Client {
    return createClient({
      url: origin,
      timeoutMs: 15_000,
      minSeq,
      onAnswer: (answer) => {
        const told = Number(answer.headers.get(headers.seq));
        if (told > 0) note(told);
      },
    });
  }
  let client = connect(0);
  return {
    get client() {
      return client;
    },
    get seq() {
      return seq;
    },
    catchUp() {
      client = connect(seq);
    },
    note,
    watch(listener, signal) {
      listeners.add(listener);
      signal.addEventListener("abort", () => listeners.delete(listener), { once: true });
    },
  };
}
