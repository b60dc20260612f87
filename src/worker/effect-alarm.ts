/** After this, effects that were not reported done are repeated. */
const retryMs = 5000;
/** A commit of several names that has not ended by then was cut off. */
const longestCommitMs = 60_000;

/**
 * The alarm of one Registrar, which repeats the effects of its name after a crash. Several may rely on it at once: changes of the name by
 * its own Registrar, and commits of several names that another Registrar carries out. It is taken off only by one that was alone with it.
 */
export class EffectAlarm {
  readonly #storage: DurableObjectStorage;
  /** Commits of several names under way, by ticket: when they began. Forgotten in a crash; then the alarm stays, and rings. */
  readonly #open = new Map<string, number>();
  /** The ticket that was alone when it was given out, and still is. */
  #alone: string | null = null;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Sets it. Answers whether it was set already: then an earlier commit's effects are still owed. */
  async arm(): Promise<boolean> {
    this.#alone = null;
    const wasArmed = (await this.#storage.getAlarm()) !== null;
    // An alarm that is owed already keeps its time: a name that is written all the time must not put it off for ever.
    if (wasArmed) return true;
    await this.#storage.setAlarm(Date.now() + retryMs);
    // The alarm must be on disk before the commit: it is what a crash right after the commit leaves behind.
    await this.#storage.sync();
    return false;
  }

  /** Whether a commit that another Registrar carries out may be under way. */
  isShared(): boolean {
    return this.#open.size > 0;
  }

  async disarm(): Promise<void> {
    if (this.#open.size === 0) await this.#storage.deleteAlarm();
  }

  /** The same for a commit that is carried out elsewhere. */
  async armFor(ticket: string): Promise<void> {
    this.#open.set(ticket, Date.now());
    const wasArmed = await this.arm();
    // Another may have come while the disk was written.
    if (!wasArmed && this.#open.size === 1) this.#alone = ticket;
  }

  /** Answers whether the alarm is off: not when others rely on it as well. */
  async disarmFor(ticket: string): Promise<boolean> {
    const isAlone = this.#alone === ticket;
    this.#open.delete(ticket);
    if (!isAlone) return false;
    this.#alone = null;
    await this.#storage.deleteAlarm();
    return true;
  }

  /** It rang while a commit elsewhere may not be done: that one needs it again. */
  async ringAgain(): Promise<void> {
    const oldest = Date.now() - longestCommitMs;
    for (const [ticket, began] of this.#open) if (began < oldest) this.#open.delete(ticket);
    if (this.#open.size > 0) await this.ring();
  }

  /** Soon again, whatever relies on it. */
  async ring(): Promise<void> {
    await this.#storage.setAlarm(Date.now() + retryMs);
  }
}
