import { LRUCache } from "lru-cache";
import type { KeySet } from "../../contract/access/issuer-answer.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

interface KnownKeys {
  /** Null: they could not be read yet. */
  keys: KeySet | null;
  /** When they were read, and when they were last asked for, in milliseconds since 1970. */
  readAt: number;
  askedAt: number[];
}

/** Issuers' public keys, as all requests of an isolate share them: plain values, since no request may wait for another's promise. */
export class KeyMemory {
  readonly #known = new LRUCache<string, KnownKeys>({ max: 200 });

  /**
   * The keys of an issuer, read anew when they are old or the one that is looked for is not among them: so issuers can change
   * their keys at any time. How often that is done is bounded, since anyone can send a token with an unknown key's name.
   */
  async keysOf(
    issuer: string,
    kid: string | undefined,
    nowMs: number,
    read: () => Promise<Result<KeySet, Failure>>,
  ): Promise<Result<KeySet, Failure>> {
    const known = this.#known.get(issuer) ?? { keys: null, readAt: 0, askedAt: [] };
    const ageSeconds = (nowMs - known.readAt) / 1000;
    const hasKey = known.keys !== null && (kid === undefined || known.keys.keys.some((key) => key.kid === kid));
    if (known.keys !== null && hasKey && ageSeconds < limits.issuerKeysSeconds) return success(known.keys);

    const recent = known.askedAt.filter((at) => nowMs - at < 60_000);
    if (recent.length >= limits.issuerReadsPerMinute) return this.#lastKnown(issuer, known, ageSeconds);
    const asked = { ...known, askedAt: [...recent, nowMs] };
    this.#known.set(issuer, asked);
    const found = await read();
    if (!found.ok) return known.keys === null ? found : this.#lastKnown(issuer, asked, ageSeconds);
    this.#known.set(issuer, { ...asked, keys: found.value, readAt: nowMs });
    return found;
  }

  /** Keys outlive an issuer that does not answer, for a while: it would tell us if one were stolen. */
  #lastKnown(issuer: string, { keys }: KnownKeys, ageSeconds: number): Result<KeySet, Failure> {
    if (keys !== null && ageSeconds < limits.issuerKeysKeptSeconds) return success(keys);
    const message = `the keys of ${issuer} could not be read just now; try again in a minute`;
    return refusal({ code: "UNAVAILABLE", message, retryAfterSeconds: 60 });
  }
}
