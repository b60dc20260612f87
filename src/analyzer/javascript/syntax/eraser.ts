import type { Comment } from "@babel/types";
import { spanOf } from "./nodes.ts";

/** A text in which stretches become spaces; line ends stay, so that nothing moves. */
export class Eraser {
  readonly code: string;
  private readonly commentStarts = new Map<number, number>();
  private readonly commentEnds = new Map<number, number>();
  private readonly blanks: { from: number; to: number }[] = [];
  private readonly marks = new Map<number, string>();

  constructor(code: string, comments: readonly Comment[]) {
    this.code = code;
    for (const comment of comments) {
      const { from, to } = spanOf(comment);
      this.commentStarts.set(from, to);
      this.commentEnds.set(to, from);
    }
  }

  /** Makes spaces of a stretch, whatever else is erased in it. */
  blank(from: number, to: number): void {
    if (to > from) this.blanks.push({ from, to });
  }

  /** Puts one character where something was erased. */
  mark(at: number, character: string): void {
    this.marks.set(at, character);
  }

  /** The first offset from `at` on that is neither space nor comment. */
  skipForward(at: number): number {
    for (let next = at; ; ) {
      const comment = this.commentStarts.get(next);
      if (comment !== undefined) next = comment;
      else if (/\s/.test(this.code.charAt(next))) next += 1;
      else return next;
    }
  }

  /** The last offset up to `at` before which there is neither space nor comment. */
  skipBackward(at: number): number {
    for (let next = at; ; ) {
      const comment = this.commentEnds.get(next);
      if (comment !== undefined) next = comment;
      else if (/\s/.test(this.code.charAt(next - 1))) next -= 1;
      else return next;
    }
  }

  /** The text without what was erased. */
  text(): string {
    const pieces: string[] = [];
    let at = 0;
    for (const { from, to } of this.blanks.sort((a, b) => a.from - b.from)) {
      if (to <= at) continue;
      const start = Math.max(from, at);
      pieces.push(this.code.slice(at, start), this.code.slice(start, to).replaceAll(/[^\n]/g, " "));
      at = to;
    }
    pieces.push(this.code.slice(at));
    return this.withMarks(pieces.join(""));
  }

  private withMarks(text: string): string {
    const pieces: string[] = [];
    let at = 0;
    for (const [place, character] of [...this.marks].sort(([a], [b]) => a - b)) {
      pieces.push(text.slice(at, place), character);
      at = place + 1;
    }
    pieces.push(text.slice(at));
    return pieces.join("");
  }
}
