import { type Client, createClient } from "../client/create-client.ts";
import { headers } from "../contract/http/headers.ts";
import { keepToken, readToken } from "./access/kept-token.ts";

/** The registry that served the console, and the newest state of it that an answer told of. */
export interface Registry {
  readonly client: Client;
  readonly seq: number;
  /** Whether calls are made with a token. */
  readonly hasToken: boolean;
  /** From now on, calls are made with this token; with none, when it is null. */
  useToken(token: string | null): void;
  /** From now on, reads ask for a state at least as new as the newest known. */
  catchUp(): void;
  /** Takes note of the state that an answer told of. */
  note(told: number): void;
  /** Calls `listener` with each state that an answer tells of, older ones too, until `signal` is aborted. */
  watch(listener: (told: number) => void, signal: AbortSignal): void;
  /** Calls `listener` when the console is given a token, or forgets it. */
  onToken(listener: () => void): void;
}

/** Opens the registry at an origin. What it tells everybody needs no token; runs and entities do. */
export function openRegistry(origin: string): Registry {
  const listeners = new Set<(told: number) => void>();
  const tokenListeners = new Set<() => void>();
  let seq = 0;
  let token = readToken();
  function note(told: number): void {
    seq = Math.max(seq, told);
    for (const listener of listeners) listener(told);
  }
  function connect(minSeq: number): Client {
    return createClient({
      url: origin,
      timeoutMs: 15_000,
      minSeq,
      ...(token === null ? {} : { token }),
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
    get hasToken() {
      return token !== null;
    },
    useToken(given) {
      token = given;
      keepToken(given);
      client = connect(client.seq);
      for (const listener of tokenListeners) listener();
    },
    catchUp() {
      client = connect(seq);
    },
    note,
    watch(listener, signal) {
      listeners.add(listener);
      signal.addEventListener("abort", () => listeners.delete(listener), { once: true });
    },
    onToken(listener) {
      tokenListeners.add(listener);
    },
  };
}
