import { commitChanges } from "../../bindings/d1/artifact/commit-changes.ts";
import { loadName } from "../../bindings/d1/artifact/load-name.ts";
import { clearPendingEffect } from "../../bindings/d1/artifact/pending-effects.ts";
import { type Origin, ownOrigin } from "../../contract/access/origin.ts";
import type { Announcement } from "../../contract/announcement/announcement.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { Failure } from "../../contract/failure.ts";
import type { NameChange } from "../../domain/registration/name-change.ts";
import type { NameState } from "../../domain/registration/name-state.ts";
import { type Result, refusal } from "../../domain/result.ts";
import { applyEffects } from "./apply-effects.ts";

/** What the writer of one name works with. */
export interface NameWriterNeeds {
  db: D1Database;
  lookups: KVNamespace;
  blobs: R2Bucket;
  /** Tells the hubs; may fail, nothing depends on it. */
  announce: (announcements: Announcement[]) => Promise<void>;
  /**
   * Makes sure that the effects will be repeated if this isolate dies after the commit. Answers whether that was so already: then
   * an earlier commit's effects are still owed.
   */
  armRetry: () => Promise<boolean>;
  disarmRetry: () => Promise<void>;
  later: (work: Promise<unknown>) => void;
  now: () => Date;
}

/** How often a commit that lost its race is judged anew. */
const attempts = 5;

/** A name's writer, as one caller uses it. */
export type NameWriting = Pick<NameWriter, "write" | "forget">;

/**
 * Writes one name: keeps its last known state, commits changes of it, carries out what follows. The state is only a head start: D1
 * refuses a change that is not based on the newest, and then it is read again.
 */
export class NameWriter {
  readonly #needs: NameWriterNeeds;
  readonly #kind: ArtifactKind;
  readonly #name: string;
  #known: NameState | null = null;

  constructor(needs: NameWriterNeeds, kind: ArtifactKind, name: string) {
    this.#needs = needs;
    this.#kind = kind;
    this.#name = name;
  }

  /** The same writer for a caller who comes from there, as the audit log will tell. */
  from(origin: Origin): NameWriting {
    return { write: (decide) => this.write(decide, origin), forget: () => this.forget() };
  }

  /**
   * Carries out one change. `decide` looks at the newest state and answers a change to commit, or what to answer without one; it is
   * asked again when another writer was faster.
   */
  async write<Answer>(decide: Decide<Answer>, origin: Origin = ownOrigin): Promise<Result<Answer, Failure>> {
    try {
      return await this.#write(decide, origin);
    } catch (error) {
      // An error leaves open whether the commit happened: only D1 knows now.
      this.#known = null;
      throw error;
    }
  }

  /** Another writer changed the name: what is known of it is old. */
  forget(): void {
    this.#known = null;
  }

  async #write<Answer>(decide: Decide<Answer>, origin: Origin): Promise<Result<Answer, Failure>> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const state = this.#known ?? (await loadName(this.#needs.db, this.#kind, this.#name)).state;
      this.#known = state;
      const decision = await decide(state);
      if (decision.type === "answer") return decision.result;
      const isOwing = await this.#needs.armRetry();
      const committed = await this.#commit(decision.change, origin, isOwing);
      if (committed !== null) return decision.answer(committed);
    }
    return refusal({
      code: "UNAVAILABLE",
      message: `${this.#kind} ${this.#name} is being changed by others at the same time; try again`,
      retryAfterSeconds: 1,
    });
  }

  async #commit(change: NameChange, origin: Origin, isOwing: boolean): Promise<NameState | null> {
    const seqs = await commitChanges(this.#needs.db, [change], origin);
    const seq = seqs?.[0];
    if (seq === undefined) {
      this.#known = null;
      return null;
    }
    const state: NameState = { ...change.after, seq };
    this.#known = state;
    // From here on the change is a fact: a failure of what follows is repeated by the alarm, and is not the caller's.
    const done = await applyEffects(this.#needs, state, change).then(
      () => true,
      () => false,
    );
    // An earlier commit's effects are not done by doing this one's: then the retry stays, and does them all.
    if (done && !isOwing) {
      await this.#needs.disarmRetry();
      this.#needs.later(clearPendingEffect(this.#needs.db, this.#kind, this.#name, seq).catch(() => undefined));
    }
    return state;
  }
}

export type Decision<Answer> =
  | { type: "answer"; result: Result<Answer, Failure> }
  | { type: "commit"; change: NameChange; answer: (state: NameState) => Result<Answer, Failure> };

export type Decide<Answer> = (state: NameState) => Promise<Decision<Answer>>;
