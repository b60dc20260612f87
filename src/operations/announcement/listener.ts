import { type ChangeSocket, closeCodes, type KeptListener } from "../../bindings/durable/change-socket.ts";
import type { ListenerPace } from "../../domain/announcement/listener-pace.ts";
import { ListenerProgress } from "../../domain/announcement/listener-progress.ts";
import { readSeen } from "../../domain/announcement/read-seen.ts";
import { type ToldChange, writers } from "../../domain/announcement/told-change.ts";
import { counters } from "../metrics/counters.ts";
import type { ListenerGroup } from "./listener-group.ts";

/** A listener that hears nothing for this long is told that all is well, so that nobody takes a quiet line for a dead one. */
export const quietMs = 15_000;
/** How long a listener may take to answer a `check`. */
export const answerMs = 60_000;

/** One who listens: up to where it was told, and whether it keeps up. */
export class Listener {
  readonly group: ListenerGroup;
  /** Told with all others of what happens; else it catches up by pages. */
  isLive = false;
  isOpen = true;
  readonly #socket: ChangeSocket;
  readonly #progress: ListenerProgress;
  readonly #pace: ListenerPace;
  readonly #until: number | null;
  readonly #onClose: (listener: Listener) => void;
  #position: number;
  #lastSentMs = 0;
  #askedMs: number | null = null;

  constructor(
    socket: ChangeSocket,
    group: ListenerGroup,
    kept: Omit<KeptListener, "filterKey" | "isLive">,
    pace: ListenerPace,
    onClose: (listener: Listener) => void,
  ) {
    this.group = group;
    this.#socket = socket;
    this.#position = kept.position;
    this.#pace = pace;
    this.#until = kept.until;
    this.#progress = new ListenerProgress(pace.checkEvery, kept.progress);
    this.#onClose = onClose;
  }

  /** It was told of everything that it wants up to here. */
  get position(): number {
    return this.#position;
  }

  /** Whether it must answer before it is sent more pages. */
  get mustAnswer(): boolean {
    return this.#progress.unseen >= this.#pace.window;
  }

  /**
   * Tells it of all changes up to `last`: of those that it wants, unless it was told before. `text` is what all of them are, where it was written
   * already.
   */
  tell(wanted: readonly ToldChange[], last: number, nowMs: number, text?: string): void {
    if (!this.isOpen || last <= this.#position) return;
    const known = this.#position;
    const fresh = wanted.filter(({ change }) => change.seq > known);
    this.#position = last;
    if (fresh.length === 0) return;
    const isAll = text !== undefined && fresh.length === wanted.length;
    this.#send(isAll ? text : writers[this.group.filter.as].changes(fresh), nowMs);
    counters.changesSent.addMany(fresh.length);
    if (this.#progress.noteSent(fresh.length)) this.#check(last, nowMs);
    if (this.#progress.unseen >= this.#pace.behind) this.#sendAway();
  }

  sayStillHere(nowMs: number): void {
    this.#send(writers[this.group.filter.as].stillHere(this.#position), nowMs);
  }

  /** What it says: which changes have arrived. */
  hear(message: string | ArrayBuffer, nowMs: number): void {
    const seen = readSeen(message, this.#position);
    if (!seen.ok) {
      this.#close(seen.failure.code, seen.failure.reason);
      return;
    }
    this.#progress.noteSeen(seen.value);
    this.#askedMs = this.#progress.isAsked ? nowMs : null;
    this.keep();
  }

  /** Looks at the clock: it is sent away when its time is over or it does not answer, and told that all is well when it was quiet. */
  tend(nowMs: number): void {
    // After a hibernation the time begins anew.
    if (this.#progress.isAsked) this.#askedMs ??= nowMs;
    const isSilent = this.#askedMs !== null && nowMs - this.#askedMs >= answerMs;
    if (isSilent || (this.#until !== null && nowMs >= this.#until)) this.#sendAway();
    else if (nowMs - this.#lastSentMs >= quietMs) this.sayStillHere(nowMs);
  }

  /** What a hibernation must not lose. */
  keep(): void {
    if (!this.isOpen) return;
    this.#socket.keep({
      filterKey: this.group.key,
      position: this.#position,
      isLive: this.isLive,
      until: this.#until,
      progress: this.#progress.keep(),
    });
  }

  #check(seq: number, nowMs: number): void {
    this.#send(writers[this.group.filter.as].check(seq), nowMs);
    this.#progress.noteCheck(seq);
    this.#askedMs ??= nowMs;
    this.keep();
  }

  #send(text: string, nowMs: number): void {
    this.#socket.send(text);
    this.#lastSentMs = nowMs;
  }

  #sendAway(): void {
    const after = this.#progress.unseen === 0 ? this.#position : this.#progress.resumeAfter;
    this.#close(closeCodes.comeBack, `resume with after=${after}`);
  }

  #close(code: number, reason: string): void {
    this.isOpen = false;
    counters.listenersClosed.add(String(code));
    this.#socket.close(code, reason);
    this.#onClose(this);
  }
}
