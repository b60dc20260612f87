import { LRUCache } from "lru-cache";
import type { TokenRow } from "../../bindings/d1/access/token-row.ts";
import { limits } from "../../contract/limits.ts";

/** What D1 said of a token, and when it was asked. */
interface Remembered {
  row: TokenRow | null;
  askedAt: number;
}

/**
 * What D1 said of the tokens of late, for all requests of one isolate. Nothing is believed for longer than `limits.tokenMemorySeconds`, so a
 * revoked token is refused everywhere after that. Those that D1 does not know have room of their own: guessing pushes no good one out.
 */
export class TokenMemory {
  readonly #known = new LRUCache<string, Remembered>({ max: 5000 });
  readonly #unknown = new LRUCache<string, Remembered>({ max: 5000 });

  find(key: string, nowMs: number): Remembered | null {
    const found = this.#known.get(key) ?? this.#unknown.get(key);
    if (found === undefined) return null;
    const age = nowMs - found.askedAt;
    // A clock that was set back makes nothing younger.
    return age >= 0 && age < limits.tokenMemorySeconds * 1000 ? found : null;
  }

  keep(key: string, remembered: Remembered): void {
    const [into, outOf] = remembered.row === null ? [this.#unknown, this.#known] : [this.#known, this.#unknown];
    outOf.delete(key);
    into.set(key, remembered);
  }
}
