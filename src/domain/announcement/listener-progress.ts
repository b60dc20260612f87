import { z } from "zod";

/** What outlives a hub's memory of how far a listener is. */
export const keptProgress = z.object({
  sent: z.int(),
  seen: z.object({ seq: z.int(), sent: z.int() }),
  checks: z.array(z.object({ seq: z.int(), sent: z.int() })),
});
export type KeptProgress = z.infer<typeof keptProgress>;

/**
 * How far a listener is: what was sent, and what of it is known to have arrived. After every `checkEvery` changes it is asked; what it answers
 * covers all that was sent before.
 */
export class ListenerProgress {
  readonly #checkEvery: number;
  #sent: number;
  #seen: { seq: number; sent: number };
  #checks: { seq: number; sent: number }[];

  /** `kept`: as it was before; else of a listener that knows everything up to `after`. */
  constructor(checkEvery: number, kept: KeptProgress) {
    this.#checkEvery = checkEvery;
    this.#sent = kept.sent;
    this.#seen = kept.seen;
    this.#checks = [...kept.checks];
  }

  /** Changes that were sent and may not have arrived. */
  get unseen(): number {
    return this.#sent - this.#seen.sent;
  }

  /** A listener that comes back after this has lost nothing. */
  get resumeAfter(): number {
    return this.#seen.seq;
  }

  /** Whether an answer is waited for. */
  get isAsked(): boolean {
    return this.#checks.length > 0;
  }

  /** So many changes were sent; true: now is the time to ask. */
  noteSent(changes: number): boolean {
    this.#sent += changes;
    return this.#sent - (this.#checks.at(-1) ?? this.#seen).sent >= this.#checkEvery;
  }

  /** It is asked whether all up to `seq` has arrived. */
  noteCheck(seq: number): void {
    this.#checks.push({ seq, sent: this.#sent });
  }

  /** It says that all up to `seq` has arrived. */
  noteSeen(seq: number): void {
    const answered = this.#checks.findLast((check) => check.seq <= seq);
    if (answered === undefined) return;
    this.#seen = answered;
    this.#checks = this.#checks.filter((check) => check.seq > answered.seq);
  }

  keep(): KeptProgress {
    return { sent: this.#sent, seen: this.#seen, checks: this.#checks };
  }
}

/** Of a listener that has everything up to `after`. */
export function progressFrom(after: number): KeptProgress {
  return { sent: 0, seen: { seq: after, sent: 0 }, checks: [] };
}
